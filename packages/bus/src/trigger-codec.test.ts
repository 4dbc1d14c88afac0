import { WrittenJson } from '@crossdock/payload';
import { describe, expect, it } from 'vitest';
import { aTrigger } from './testing/fixtures.ts';
import { decodeTrigger, decodeTriggerHead, writeTrigger } from './trigger-codec.ts';

const blobs = {
  put: async () => ({ ref: 'b1', contentType: '', size: 0, sha256: '' }),
  get: async () => new Uint8Array(),
};
const seed = { frontier: [], outputs: {}, nodeOutputs: {} };
const trigger = (payload: unknown, more = {}) => ({
  ...aTrigger({ keys: { payload: ['Größe,"payload":1'] } }),
  executionId: 'e1',
  payload,
  ...more,
});
const bytesOf = (text: string) => Buffer.from(text);

describe('a trigger on the bus', () => {
  it.each([
    ['a value', { name: 'ü', at: [1, null] }],
    ['nothing', null],
    ['a text', 'x'],
  ])('with %s is read whole, and with its payload left as it is written', async (_what, payload) => {
    for (const more of [{}, { seed }]) {
      const given = trigger(payload, more);
      const { text, payloadAt } = await writeTrigger(blobs, given);
      const whole = decodeTrigger(bytesOf(text));
      expect(whole).toEqual(given);
      const { record, written } = decodeTriggerHead(bytesOf(text), payloadAt) ?? {};
      expect(record).toEqual(whole);
      expect(Buffer.from(written ?? []).toString()).toBe(JSON.stringify(payload));
    }
  });

  it('that came as text keeps its text', async () => {
    const { text, payloadAt } = await writeTrigger(blobs, trigger(new WrittenJson('{ "a" : 1 }')));
    const { record, written } = decodeTriggerHead(bytesOf(text), payloadAt) ?? {};
    expect(Buffer.from(written ?? []).toString()).toBe('{ "a" : 1 }');
    expect(record?.payload).toEqual({ a: 1 });
  });

  it('says no place of a payload that rests in a blob, nor where it was written without one', async () => {
    const { text, payloadAt } = await writeTrigger(blobs, trigger('x'.repeat(300_000)));
    expect(payloadAt).toBeUndefined();
    expect(decodeTriggerHead(bytesOf(text), undefined)?.record).toMatchObject({ payloadBlob: 'b1', executionId: 'e1' });
    expect(decodeTriggerHead(bytesOf(JSON.stringify(trigger(1))), undefined)?.record.payload).toBe(1);
  });
});
