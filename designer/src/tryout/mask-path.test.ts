import { expect, it } from 'vitest';
import { maskPathOf } from './mask-path.ts';

it('names a place as tolerances do, and for further fields the object that has them', () => {
  expect(maskPathOf('outputs.map.lines[0].sku', 'anything')).toBe('outputs.map.lines.0.sku');
  expect(maskPathOf('outputs.map.lines[0].sku', 'contains')).toBe('outputs.map.lines.0');
  expect(maskPathOf('status', 'type')).toBe('status');
  expect(maskPathOf('outputs.map', 'contains')).toBe('outputs.map');
});
