import type { CloudEvent } from '@crossdock/connector-sdk';
import { isFlowError } from '@crossdock/errors';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { eventCatalogue, eventDefinition, type OrderEvent } from './catalogue/index.ts';
import { FACT_KINDS, lineShipped } from './catalogue/lines.ts';
import { orderReceived } from './catalogue/order.ts';
import { typeOf } from './define-event.ts';
import { envelopeSchema, exampleEvent } from './envelope.ts';
import { checkEvent, eventProblems } from './event-problems.ts';

const ajv = new Ajv2020({ strict: false });
addFormats.default(ajv);

describe('the event catalogue', () => {
  it('names each type once, by attributes that CloudEvents allows', () => {
    expect(new Set(eventCatalogue.map(({ name }) => name)).size).toBe(eventCatalogue.length);
    for (const { name } of eventCatalogue) expect(typeOf(name)).toMatch(/^com\.platform(\.[a-z]+)+\.v1$/);
  });

  it.each(eventCatalogue.map((one) => [one.name, one] as const))(
    '%s has an example that validates',
    (_, definition) => {
      expect(eventProblems(exampleEvent(definition))).toEqual([]);
    },
  );

  it('agrees with a second validator on schemas and examples', () => {
    for (const definition of eventCatalogue) {
      const schema = envelopeSchema(definition);
      expect(ajv.validateSchema(schema), definition.name).toBe(true);
      const validate = ajv.compile(schema);
      expect(validate(exampleEvent(definition)), JSON.stringify(validate.errors)).toBe(true);
      expect(validate({ ...exampleEvent(definition), data: { colour: 'red' } }), definition.name).toBe(false);
    }
  });

  it('has a type for every kind of line fact', () => {
    for (const kind of FACT_KINDS) expect(eventDefinition(`com.platform.order.line.${kind}.v1`)).toBeDefined();
  });

  it('makes events that event.emit could have made', () => {
    expectTypeOf<OrderEvent>().toExtend<CloudEvent>();
  });
});

describe('eventProblems', () => {
  const shipped = () => structuredClone(exampleEvent(lineShipped));

  it.each([
    ['a number', 120, 'data.qty.value must be text'],
    [
      'a decimal comma',
      '1,5',
      'data.qty.value must be a quantity written as text and not negative, such as "12" or "0.5"',
    ],
    [
      'a negative quantity',
      '-1',
      'data.qty.value must be a quantity written as text and not negative, such as "12" or "0.5"',
    ],
  ])('names field and fix for %s', (_, value, message) => {
    const event = shipped();
    Object.assign(event.data.qty, { value });
    expect(eventProblems(event)).toContainEqual({
      field: 'data.qty.value',
      message,
      fix: 'Correct the value, such as "120".',
    });
  });

  it('names what is missing, with an example', () => {
    const { partitionkey: _, ...event } = shipped();
    expect(eventProblems(event)).toEqual([
      { field: 'partitionkey', message: 'partitionkey is missing', fix: 'Add it, such as "ord_01JD8".' },
    ]);
  });

  it('finds a misspelt field in a line of an order', () => {
    const event = structuredClone(exampleEvent(orderReceived));
    Object.assign(event.data.lines[1]!, { quantity: 3 });
    expect(eventProblems(event)).toEqual([
      {
        field: 'data.lines[1].quantity',
        message: 'data.lines[1].quantity is unknown',
        fix: 'Remove it or correct its spelling.',
      },
    ]);
  });

  it('takes other extension attributes, but not names that CloudEvents forbids', () => {
    expect(eventProblems({ ...shipped(), dataref: 'blob:1' })).toEqual([]);
    expect(eventProblems({ ...shipped(), tenant_id: 'acme' })[0]?.message).toContain('not allowed');
  });

  it.each([
    ['com.platform.order.shipped', 'com.platform.order.line.shipped.v1'],
    ['order.received', 'com.platform.order.received.v1'],
  ])('proposes a type for %s', (type, meant) => {
    expect(eventProblems({ ...shipped(), type })).toEqual([
      {
        field: 'type',
        message: `type "${type}" is no event type of the catalogue`,
        fix: `Use "${meant}" if that is meant.`,
      },
    ]);
  });

  it.each([[null], ['text'], [[]], [{}]])('takes %j for no event', (value) => {
    expect(eventProblems(value)).toHaveLength(1);
  });
});

describe('checkEvent', () => {
  it('gives a canonical event back, and throws for another', () => {
    const event = exampleEvent(lineShipped);
    expect(checkEvent(event)).toBe(event);
    try {
      checkEvent({ ...event, time: 'yesterday' });
      expect.unreachable();
    } catch (error) {
      expect(isFlowError(error, 'DATA_EVENT_INVALID')).toBe(true);
      expect((error as Error).message).toBe(
        'the event is not canonical: time must be a time with its offset from UTC, such as 2026-03-29T08:00:00Z',
      );
    }
  });
});
