import { manifestsByType } from '@crossdock/connectors/manifests';
import { expect, test } from 'vitest';
import { placeWords } from './place-words.ts';

const node = (name: string, type: string) => ({ name, config: manifestsByType.get(type)?.config });

test('an issue of a deployment says its node and setting as people call them', () => {
  const erp = node('Call the ERP', 'http.request');
  expect(placeWords('/nodes/3/config/headers/X-Company', erp)).toBe('Call the ERP · Headers · X-Company');
  expect(placeWords('/nodes/3', erp)).toBe('Call the ERP');
  expect(placeWords('/nodes/3/connection', erp)).toBe('Call the ERP · connection');
  expect(placeWords('/nodes/1/config/cases/0/condition', node('Region', 'switch'))).toBe(
    'Region · Cases · 1 · Condition',
  );
  expect(placeWords('/nodes/3/config/bodies/a~1b~0c', node('Old', 'gone'))).toBe('Old · bodies · a/b~c');
  expect(placeWords('/settings/dedupeKey', undefined)).toBe('settings.dedupeKey');
});
