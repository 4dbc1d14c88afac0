import { randomUUID } from 'node:crypto';
import { NEVER_REAL_IN_TRIALS, WORKBENCH_ENV } from '@crossdock/api-contract';
import { openCrossReferences } from '@crossdock/bus';
import { type OnceResult, runOnce, systemClock } from '@crossdock/engine';
import { FlowError, reasonOf } from '@crossdock/errors';
import { type Flow, parseFlow } from '@crossdock/flow-model';
import { UnusableTest } from '@crossdock/flow-tests';
import { runOfTest } from '@crossdock/flow-tests/run';
import { openStatuses } from '../statuses/index.ts';
import type { ApiOptions } from './api.ts';
import { readDraft } from './drafts.ts';
import { readVariables } from './environments/variables.ts';
import { hasErrors, issuesOf } from './flow-rules.ts';
import { NODE_TYPES, runTestsOf } from './flow-test-runs.ts';
import { maskedTestRun } from './masked-test-run.ts';
import type { Handlers } from './mount.ts';

/** A person waits for it. */
const TEST_RUN_TIMEOUT_MS = 60_000;

type TestRunBody = Parameters<Handlers['testRun']>[0]['body'];

export function testRunHandlers(options: ApiOptions): Pick<Handlers, 'testRun' | 'runTests'> {
  const { db, vault } = options;
  return {
    async testRun({ params, body, audit, signal }) {
      const flow = await readSoundDraft(options, params.flowId);
      const isReal = body.effects === 'real' && body.test === undefined;
      const { trigger, stopAfter } = body;
      // Before it runs: one that fails may have had effects, too.
      const audited = isReal
        ? await audit.record({ id: flow.id, env: WORKBENCH_ENV, after: { effects: 'real', trigger, stopAfter } })
        : audit.nothing();
      const result = await withinTime(signal, (stop) =>
        body.test === undefined ? runDraft(options, flow, body, stop) : runNamedTest(flow, body.test, body, stop),
      );
      // Simulated, there is nothing but what this person typed in.
      const mask = isReal ? (flow.settings?.mask ?? []) : [];
      return { status: 200, body: maskedTestRun(vault, { env: WORKBENCH_ENV, mask }, result), audited };
    },
    async runTests({ params, body: { names }, signal }) {
      const flow = await readSoundDraft({ db }, params.flowId);
      const tests = (flow.tests ?? []).filter(({ name }) => names === undefined || names.includes(name));
      return { status: 200, body: { items: await withinTime(signal, (stop) => runTestsOf(flow, tests, stop)) } };
    },
  };
}

/** Throws `API_NOT_FOUND`, `FLOW_INVALID` with the issues. */
async function readSoundDraft({ db }: Pick<ApiOptions, 'db'>, flowId: string): Promise<Flow> {
  const flow = parseFlow((await readDraft(db, flowId)).document);
  const issues = issuesOf(flow);
  if (hasErrors(issues)) throw new FlowError('FLOW_INVALID', { details: { issues } });
  return flow;
}

async function runDraft(
  { db, bus, http, connections }: ApiOptions,
  flow: Flow,
  { payload, headers = {}, effects = 'simulate', trigger, answers, stopAfter }: TestRunBody,
  signal: AbortSignal,
): Promise<OnceResult> {
  return runOnce({
    flow,
    payload,
    headers,
    effects,
    neverReal: NEVER_REAL_IN_TRIALS,
    env: WORKBENCH_ENV,
    variables: await readVariables(db, WORKBENCH_ENV),
    ...(trigger === undefined ? {} : { triggerNodeId: trigger }),
    ...(answers === undefined ? {} : { answers }),
    ...(stopAfter === undefined ? {} : { stopAfter }),
    ports: {
      ...NODE_TYPES,
      http,
      connections,
      blobs: bus.blobs,
      xrefs: openCrossReferences(bus.xrefs),
      statuses: openStatuses(bus.registry),
      clock: systemClock,
      newToken: randomUUID,
      random: Math.random,
    },
    signal,
  });
}

/** Throws `API_NOT_FOUND`, and `FLOW_TEST` for one that cannot be run. */
async function runNamedTest(
  flow: Flow,
  name: string,
  { stopAfter }: TestRunBody,
  signal: AbortSignal,
): Promise<OnceResult> {
  const test = flow.tests?.find((one) => one.name === name);
  if (!test) throw new FlowError('API_NOT_FOUND', { details: { what: 'test', id: name } });
  try {
    return await runOfTest(flow, test, NODE_TYPES, { signal, ...(stopAfter === undefined ? {} : { stopAfter }) });
  } catch (error) {
    if (!(error instanceof UnusableTest)) throw error;
    throw new FlowError('FLOW_TEST', { details: { test: name, reason: reasonOf(error) } });
  }
}

/** Throws `RUN_TIMED_OUT`. */
async function withinTime<Result>(signal: AbortSignal, work: (stop: AbortSignal) => Promise<Result>): Promise<Result> {
  const timeout = AbortSignal.timeout(TEST_RUN_TIMEOUT_MS);
  try {
    return await work(AbortSignal.any([signal, timeout]));
  } catch (error) {
    if (!timeout.aborted) throw error;
    throw new FlowError('RUN_TIMED_OUT', { details: { timeoutMs: TEST_RUN_TIMEOUT_MS }, cause: error });
  }
}
