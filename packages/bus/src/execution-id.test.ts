import { expect, test } from 'vitest';
import { newExecutionId } from './execution-id.ts';

test('ids of one process are UUIDv7, in the order in which they were made, and none comes twice', () => {
  const before = Date.now();
  const ids = Array.from({ length: 20_000 }, newExecutionId);
  expect(ids.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id))).toBe(
    true,
  );
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
  const madeAt = Number.parseInt((ids[0] as string).replace('-', '').slice(0, 12), 16);
  expect(madeAt).toBeGreaterThanOrEqual(before);
  expect(madeAt).toBeLessThanOrEqual(Date.now());
});
