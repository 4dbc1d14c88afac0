import type { Bus, PublishedConnection } from '@crossdock/bus';
import { httpConnection } from '@crossdock/connectors/manifests';
import { expect, test } from 'vitest';
import { openKeyRing, sealCredentials } from '../vault/index.ts';
import { ConnectionMemories, openConnections } from './index.ts';

const ring = openKeyRing(new Uint8Array(32).fill(7));
const owner = { env: 'dev', id: 'c1', name: 'erp', type: 'http', hosts: ['https://erp.example.com'] };
const erp: PublishedConnection = {
  ...{ id: 'c1', env: 'dev', name: 'erp', type: 'http', version: 1 },
  settings: { baseUrl: 'https://erp.example.com/api', auth: 'bearer' },
  sealed: sealCredentials(ring, owner, { token: 'canary' }),
};

/** What the bus tells, by hand. */
const connectionsOf = (...published: PublishedConnection[]) =>
  openConnections(
    {
      connection: (env: string, name: string) => published.find((one) => one.env === env && one.name === name),
    } as Bus['registry'],
    ring,
  );
const codeOf = (opening: Promise<unknown>) =>
  opening.then(
    () => 'none',
    (error: { code?: string }) => error.code,
  );

test('a connection opens with its defaults, credentials and hosts', async () => {
  const opened = await connectionsOf(erp).open('dev', 'erp', ['http']);
  expect(opened).toMatchObject({
    ...{ id: 'c1', env: 'dev', name: 'erp', type: 'http', credentials: { token: 'canary' } },
    settings: { baseUrl: 'https://erp.example.com/api', auth: 'bearer', apiKeyName: 'X-API-Key' },
    hosts: ['https://erp.example.com'],
  });
  expect(httpConnection.settings.properties.auth.default).toBe('none');
});

test('what cannot be opened is named', async () => {
  const { open } = connectionsOf(erp);
  expect(await codeOf(open('prod', 'erp', ['http']))).toBe('CONFIG_CONNECTION_MISSING');
  expect(await codeOf(open('dev', 'erp', ['smtp']))).toBe('CONFIG_CONNECTION_TYPE');
});

test.each([
  ['moved to another environment', { env: 'prod' }],
  ['under the id of another', { id: 'c2' }],
  ['pointed to another host', { settings: { ...erp.settings, baseUrl: 'https://evil.example.com' } }],
  ['pointed to one host more', { settings: { ...erp.settings, otherAddresses: ['https://evil.example.com'] } }],
])('a sealed connection that was %s on the bus does not open', async (_what, change) => {
  const moved = { ...erp, ...change };
  expect(await codeOf(connectionsOf(moved).open(moved.env, 'erp', ['http']))).toBe('CONFIG_CREDENTIALS_UNREADABLE');
});

test('a connection remembers until it changes', () => {
  const memories = new ConnectionMemories();
  memories.of({ id: 'c1', version: 1 }).set('token', 't');
  expect(memories.of({ id: 'c1', version: 1 }).get('token')).toBe('t');
  expect(memories.of({ id: 'c1', version: 2 }).get('token')).toBeUndefined();
  for (let count = 0; count < 1_200; count++) memories.of({ id: `other-${count}`, version: 1 });
  expect(memories.of({ id: 'c1', version: 2 }).size).toBe(0);
});
