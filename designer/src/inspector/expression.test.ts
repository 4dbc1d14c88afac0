import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expressionOf, isExpression, sourceOf, switchValue, toExpression, toLiteral } from './expression.ts';

test('only a string that begins with = is an expression', () => {
  expect([isExpression('= $'), isExpression('=$'), isExpression(' = $'), isExpression('$'), isExpression(5)]).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});

test('the source of an expression survives being stored', () => {
  fc.assert(
    fc.property(fc.string(), (source) => {
      expect(isExpression(expressionOf(source))).toBe(true);
      expect(sourceOf(expressionOf(source))).toBe(source);
    }),
  );
});

test('a literal survives being made an expression and back', () => {
  fc.assert(
    fc.property(
      fc.jsonValue().filter((value: unknown) => !isExpression(value) && value !== ''),
      (value) => {
        expect(toLiteral(toExpression(value), {})).toEqual(JSON.parse(JSON.stringify(value)));
      },
    ),
  );
});

test('an expression that computes becomes the default, never literal JSONata', () => {
  expect(toLiteral('= $vars.erpUrl', {})).toBeUndefined();
  expect(toLiteral('= $status', { default: 200 })).toBe(200);
  expect(toLiteral('= $', { default: '= $' })).toBeUndefined();
});

test('a quoted JSONata string is its text', () => {
  expect(toLiteral("= 'it\\'s'", {})).toBe("it's");
});

test('a missing value starts with the payload', () => {
  expect(toExpression(undefined)).toBe('= $');
});

test('switching there and back keeps both sides', () => {
  const there = switchValue('= method', { default: 'POST' }, undefined);
  expect(there.value).toBe('POST');
  expect(switchValue('POST', {}, there.pair).value).toBe('= method');
  const changed = switchValue('PUT', {}, there.pair);
  expect(changed.value).toBe('= "PUT"');
  const computed = switchValue("= 'P' & kind", {}, changed.pair);
  expect(computed.value).toBe('PUT');
  expect(switchValue(computed.value, {}, computed.pair).value).toBe("= 'P' & kind");
});
