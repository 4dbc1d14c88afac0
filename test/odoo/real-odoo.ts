import { createHash } from 'node:crypto';
import type { OpenConnection } from '@crossdock/connector-sdk';
import { type NodeOutcome, runNodeForTest } from '@crossdock/connector-sdk/testing';
import { manifestsByType } from '@crossdock/connectors/manifests';
import { runnersByType } from '@crossdock/connectors/runners';
import { type FlowError, isFlowError } from '@crossdock/errors';

/**
 * The Odoo 19 (or newer, with sale, stock, purchase and account) that the tests run against: `ODOO_URL`, `ODOO_DB`, and `ODOO_LOGIN` with its
 * API key `ODOO_KEY`, an administrator of a database that may be written to.
 */
export const { ODOO_URL = '', ODOO_DB = 'odoo19', ODOO_LOGIN = 'admin', ODOO_KEY = '' } = process.env;

export const hasOdoo = ODOO_URL !== '';

/** Both interfaces; every test that has one to choose runs by each. */
export const APIS = ['json-2', 'json-rpc'] as const;

/** Milliseconds; Odoo itself waits up to 30 s in all for a lock before it gives up. */
const PATIENCE = 60_000;

export function connectionTo(settings: object = {}, apiKey = ODOO_KEY): OpenConnection {
  return {
    ...{ id: 'odoo', env: 'test', name: 'odoo', type: 'odoo', version: 1, memory: new Map() },
    settings: {
      url: ODOO_URL,
      database: ODOO_DB,
      login: ODOO_LOGIN,
      companies: [1],
      callsPerSecond: 1000,
      callsAtOnce: 100,
      ...settings,
    },
    credentials: { apiKey },
    hosts: [ODOO_URL],
  };
}

/** Runs a node of Odoo once, with a key that is the same for the same settings and connection. */
export function run(
  type: string,
  config: Readonly<Record<string, unknown>>,
  { connection = connectionTo(), input = {} }: { connection?: OpenConnection; input?: unknown } = {},
): Promise<NodeOutcome> {
  const [manifest, runner] = [manifestsByType.get(type), runnersByType.get(type)];
  if (!manifest || !runner) throw new Error(`there is no node type "${type}"`);
  const signal = AbortSignal.timeout(PATIENCE);
  const idempotencyKey = createHash('sha256')
    .update(JSON.stringify([config, connection.settings]))
    .digest('hex');
  const options = { config, connection, input, signal, idempotencyKey };
  return runNodeForTest(manifest as never, runner as never, options);
}

/** What a node hands on. */
export async function output<Payload>(...given: Parameters<typeof run>): Promise<Payload> {
  const { emits } = await run(...given);
  return emits[0]?.payload as Payload;
}

/** What a method returns, to the administrator unless `connection` says otherwise. */
export async function call<Result>(
  model: string,
  method: string,
  { args = {}, ...config }: { ids?: readonly number[]; args?: object; context?: object } = {},
  connection = connectionTo(),
): Promise<Result> {
  // By an expression, as a text that begins with "=", such as the operator, would be one itself.
  const given = { model, method, args: '= args', ...config };
  return (await output<{ result: Result }>('odoo.call', given, { connection, input: { args } })).result;
}

/** The id of a record made with these values. */
export async function made(model: string, values: object): Promise<number> {
  const [id = 0] = await call<number[]>(model, 'create', { args: { vals_list: [values] } });
  return id;
}

/** The error of what fails with one. */
export const failureOf = (work: Promise<unknown>): Promise<FlowError | undefined> =>
  work.then(
    () => undefined,
    (error: unknown) => {
      if (isFlowError(error)) return error;
      throw error;
    },
  );
