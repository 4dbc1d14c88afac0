import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalogue, type ErrorCode } from './catalogue/index.ts';
import { errorFromJson, errorToJson, FlowError, fixOf, isFlowError, toFlowError, withFix } from './flow-error.ts';

const codes = Object.keys(catalogue) as ErrorCode[];

describe('FlowError', () => {
  it('fills the slots of its message from its details', () => {
    const error = new FlowError('API_NOT_FOUND', { details: { what: 'flow', id: 'shop' } });
    expect(error.message).toBe('flow "shop" does not exist');
    expect(new FlowError('FLOW_CYCLE', { details: { nodes: ['a', 'b'] } }).message).toBe('the nodes a, b form a cycle');
    expect(new FlowError('DATA_TOO_DEEP', { details: { limit: 100 } }).message).toContain('100 levels');
    expect(new FlowError('DATA_TOO_DEEP').message).toContain('… levels');
  });

  it('says what to do with the same details', () => {
    expect(fixOf('API_RATE_LIMITED', { retryAfterS: 7 })).toBe('Wait 7 s and try again.');
    for (const code of codes) expect(fixOf(code), code).not.toMatch(/[{}]|^\s*$/);
  });

  it('fills slots with any text as it is, and looks up no inherited property', () => {
    fc.assert(
      fc.property(fc.string(), (id) => {
        expect(new FlowError('FLOW_DUPLICATE_ID', { details: { id } }).message).toBe(`id "${id}" is used twice`);
      }),
    );
  });

  it('takes retry, status and advice from the catalogue', () => {
    expect(new FlowError('REMOTE_RATE_LIMITED').row).toBe(catalogue.REMOTE_RATE_LIMITED);
  });

  it('is told apart by its code', () => {
    const error = new FlowError('REMOTE_TIMEOUT');
    expect(isFlowError(error)).toBe(true);
    expect(isFlowError(error, 'REMOTE_TIMEOUT')).toBe(true);
    expect(isFlowError(error, 'REMOTE_ERROR')).toBe(false);
    expect(isFlowError(new Error('REMOTE_TIMEOUT'))).toBe(false);
  });
});

describe('withFix', () => {
  it('ends the message once, whatever it ends with', () => {
    const fix = 'Mend the issues listed.';
    expect(withFix('the flow has errors', fix)).toBe('the flow has errors. Mend the issues listed.');
    expect(withFix('compare it with the JSON Schema.', fix)).toBe(
      'compare it with the JSON Schema. Mend the issues listed.',
    );
  });
});

describe('toFlowError', () => {
  it('keeps a FlowError and wraps everything else', () => {
    const error = new FlowError('DATA_INVALID');
    expect(toFlowError(error)).toBe(error);
    for (const thrown of [new TypeError('boom'), 'boom', undefined, null, { toString: null }, Object.create(null)]) {
      const error = toFlowError(thrown);
      expect(error.code).toBe('SYSTEM_UNEXPECTED');
      expect(error.cause).toBe(thrown);
    }
    expect(toFlowError(new TypeError('boom')).message).toBe('an unexpected error: boom');
  });
});

describe('errorToJson', () => {
  it('cuts the chain of causes at five errors', () => {
    let error: unknown = new Error('10');
    for (let level = 9; level > 0; level--) error = new Error(String(level), { cause: error });
    const json = errorToJson(new FlowError('REMOTE_UNAVAILABLE', { message: '0', cause: error }));
    const messages: string[] = [];
    for (let one: unknown = json; one !== undefined; one = (one as { cause?: unknown }).cause) {
      messages.push((one as { message: string }).message);
    }
    expect(messages).toEqual(['0', '1', '2', '3', '4']);
  });

  it('is read back as the same error', () => {
    const details = fc.dictionary(
      fc.string(),
      fc.jsonValue().filter((value) => !JSON.stringify(value).includes('-0')),
    );
    fc.assert(
      fc.property(fc.constantFrom(...codes), details, fc.string(), (code, someDetails, message) => {
        const error = new FlowError(code, { details: someDetails, message, cause: new Error('why') });
        const read = errorFromJson(JSON.parse(JSON.stringify(errorToJson(error))));
        expect(read).toBeInstanceOf(FlowError);
        expect(read.code).toBe(code);
        expect(read.message).toBe(message);
        expect(JSON.stringify(read.details)).toBe(JSON.stringify(someDetails));
      }),
    );
  });

  it('gives a code of a newer writer as SYSTEM_UNEXPECTED, with its message', () => {
    for (const code of ['REMOTE_NEWER', 'toString', '__proto__']) {
      const read = errorFromJson({ code: code as ErrorCode, message: 'from tomorrow' });
      expect(read).toMatchObject({ code: 'SYSTEM_UNEXPECTED', message: 'from tomorrow' });
    }
  });
});
