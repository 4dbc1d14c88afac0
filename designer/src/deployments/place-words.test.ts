import { expect, test } from 'vitest';
import { placeWords } from './place-words.ts';

test('an issue of a deployment says its node and field as people read them', () => {
  expect(placeWords('/nodes/3/config/headers/X-Company', 'erp')).toBe('erp · config.headers.X-Company');
  expect(placeWords('/nodes/3', 'erp')).toBe('erp');
  expect(placeWords('/nodes/3/config/bodies/a~1b~0c', 'erp')).toBe('erp · config.bodies.a/b~c');
  expect(placeWords('/settings/dedupeKey', undefined)).toBe('settings.dedupeKey');
});
