import { connectionTypes } from '@crossdock/connectors/manifests';
import { type ConfigField, schemaProblems } from '@crossdock/flow-model';
import { expect, test } from 'vitest';
import { makeSecret } from './make-secret.ts';

test('a secret of Standard Webhooks is 32 bytes in base64, one of another scheme 32 bytes in hex', () => {
  const bytes = new Uint8Array(32).fill(7);
  expect(makeSecret('whsec', bytes)).toBe('whsec_BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=');
  expect(makeSecret('hex', bytes)).toBe('07'.repeat(32));
  expect(makeSecret('hex')).not.toBe(makeSecret('hex'));
});

test('every credential that may be chosen takes what is made for it', () => {
  const fields = connectionTypes.flatMap(({ credentials }) => Object.values<ConfigField>(credentials.properties));
  const made = fields.flatMap((field) =>
    (field['x-generate'] ?? []).map((kind) => ({ field, secret: makeSecret(kind) })),
  );
  expect(made.length).toBeGreaterThan(2);
  for (const { field, secret } of made) expect(schemaProblems(secret, field)).toEqual([]);
});
