import { describe, expect, test } from 'vitest';
import { SeenValues } from './seen-values.ts';

/** More executions than are remembered. */
const MANY = 5_100;

describe('the masked values seen', () => {
  const after = (seen: SeenValues) => {
    for (let at = 0; at < MANY; at++) seen.with(`other ${at}`, ['grace@example.com']);
    return seen.with('long');
  };

  test('in an execution that is held outlast those of any number of others, and no longer', () => {
    const seen = new SeenValues();
    const release = seen.hold('long');
    seen.with('long', ['ada@example.com']);
    expect(after(seen)?.texts.redact('to ada@example.com')).toBe('to •••');
    release();
    expect(after(seen)).toBeUndefined();
  });

  test('are held as long as one of several holds', () => {
    const seen = new SeenValues();
    const [first, second] = [seen.hold('long'), seen.hold('long')];
    seen.with('long', ['ada@example.com']);
    first();
    expect(after(seen)).toBeDefined();
    second();
    expect(after(seen)).toBeUndefined();
  });
});
