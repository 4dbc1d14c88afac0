import type { Connection } from '@crossdock/api-contract';
import { expect, test } from 'vitest';
import { draftErrors, draftOf, settingsOf, signingConnections } from './subscription-draft.ts';

const settings = {
  ...{ name: 'Acme', connection: 'acme', path: '/events', giveUpAfterHours: 12 },
  filter: { types: ['com.platform.order.confirmed.v1'], channels: ['edi'] },
};

test('settings come back from a form as they went in; what is empty is left out', () => {
  expect(settingsOf(draftOf(settings))).toEqual(settings);
  expect(settingsOf({ ...draftOf(settings), name: ' Acme ', path: ' ', types: [], channels: [] })).toEqual({
    ...{ name: 'Acme', connection: 'acme', giveUpAfterHours: 12, filter: {} },
  });
});

test('a form is not ready before it has a name and a connection, and does not scold for that', () => {
  expect(draftErrors(draftOf(undefined))).toEqual({ isReady: false, errors: {} });
  expect(draftErrors(draftOf(settings))).toEqual({ isReady: true, errors: {} });
});

test('what is wrong stands at its field, with what to do', () => {
  const { isReady, errors } = draftErrors({
    ...draftOf(settings),
    ...{ path: 'https://acme.example', types: ['com.platform.order.lost.v1'], giveUpAfterHours: '' },
  });
  expect(isReady).toBe(false);
  expect(Object.keys(errors)).toEqual(['giveUpAfterHours']);
  const { errors: others } = draftErrors({
    ...draftOf(settings),
    ...{ path: 'https://acme.example', types: ['com.platform.order.lost.v1'] },
  });
  expect(others).toEqual({
    path: expect.stringContaining('Leave out scheme and host'),
    types: expect.stringContaining('of the catalogue'),
  });
});

test('only connections that sign are offered', () => {
  const of = (name: string, more: object) =>
    ({
      name,
      env: 'dev',
      type: 'http',
      credentials: { signingSecret: { isSet: true } },
      ...more,
    }) as unknown as Connection;
  const all = [
    of('good', {}),
    of('elsewhere', { env: 'prod' }),
    of('mail', { type: 'smtp' }),
    of('unsigned', { credentials: {} }),
  ];
  expect(signingConnections(all, 'dev').map(({ name }) => name)).toEqual(['good']);
});
