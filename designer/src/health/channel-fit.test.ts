import type { Connection } from '@crossdock/api-contract';
import { expect, test } from 'vitest';
import { channelProblem } from './channel-fit.ts';

const of = (name: string, type: string, isSet: boolean): Connection =>
  ({ env: 'prod', name, type, credentials: { signingSecret: { isSet } } }) as unknown as Connection;
const CONNECTIONS = [of('mail', 'smtp', false), of('pager', 'http', true), of('erp', 'http', false)];

test.each([
  ['email', 'mail', undefined],
  ['webhook', 'pager', undefined],
  ['webhook', 'mail', 'type HTTP'],
  ['email', 'pager', 'type SMTP'],
  ['webhook', 'erp', 'signing secret'],
  ['webhook', 'gone', 'no connection “gone” in prod'],
] as const)('a channel of kind %s through %s: %s', (kind, connection, problem) => {
  const said = channelProblem({ kind, env: 'prod', connection }, CONNECTIONS);
  if (problem === undefined) expect(said).toBeUndefined();
  else expect(said).toContain(problem);
});

test('a connection of another environment does not count', () => {
  expect(channelProblem({ kind: 'email', env: 'dev', connection: 'mail' }, CONNECTIONS)).toContain('in dev');
});
