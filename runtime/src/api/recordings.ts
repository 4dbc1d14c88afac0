import type { ExecutionDetail, Recording } from '@crossdock/api-contract';
import type { JournalSnapshot } from '@crossdock/engine';
import { FlowError } from '@crossdock/errors';
import {
  type Flow,
  type FlowTest,
  type MadeLookup,
  parseFlow,
  type Sample,
  type TestXref,
  xrefsOf,
} from '@crossdock/flow-model';
import {
  expectationOf,
  outcomeOf,
  reachesOut,
  recordedAnswers,
  usedVariables,
  withInvented,
  withoutRepeats,
} from '@crossdock/flow-tests';
import { runOfTest } from '@crossdock/flow-tests/run';
import { CONCEALED } from '../vault/index.ts';
import type { ApiOptions } from './api.ts';
import { conceal } from './conceal.ts';
import { readVariables } from './environments/variables.ts';
import { findExecution } from './execution-id.ts';
import { readExecution } from './executions.ts';
import { NODE_TYPES } from './flow-test-runs.ts';
import type { Handlers } from './mount.ts';
import { readRevision } from './revisions.ts';
import { payloadOfTrigger, readResting, readTraced } from './stored-payloads.ts';

const TRIGGER = 'trigger';
/** Headers that tell who called, or prove it. */
const TELLING_HEADER = /auth|cookie|secret|token|signature|key|forwarded|^x-real-ip$/i;

export function recordingHandlers(options: ApiOptions): Pick<Handlers, 'recordExecution'> {
  return {
    async recordExecution({ params: { executionId }, signal }) {
      const execution = await findExecution(executionId, signal, (id) => readExecution(options, id));
      return { status: 200, body: await recordingOf(options, execution) };
    },
  };
}

/**
 * What came in and what nodes answered, with an invented value wherever a masked one was. What is to come of it is what the execution's own
 * revision gives for that, so that the values fit together. Throws `API_RECORDING_INCOMPLETE` where a payload is kept no more, or only in part.
 */
async function recordingOf(options: ApiOptions, execution: ExecutionDetail): Promise<Recording> {
  const { flowId, revision, env, executionId, startedAt, spans } = execution;
  const flow = parseFlow(await readRevision(options.db, flowId, revision));
  const [trigger] = spans;
  if (!trigger) throw incomplete(executionId, 'it has not begun');
  const recorded = await readRecorded(options, flow, execution);
  const isMasked = JSON.stringify([...recorded.payloads.values()]).includes(CONCEALED);
  const payloads = new Map([...recorded.payloads].map(([ref, value]) => [ref, withInvented(value, CONCEALED)]));
  const shown = withInvented(spans, CONCEALED) as typeof spans;
  const answers = withoutRepeats(recordedAnswers(flow, shown, payloads, NODE_TYPES.manifests));
  const sample: Sample = {
    name: `Execution ${executionId.slice(-8)}`,
    payload: payloads.get(TRIGGER),
    ...(Object.keys(recorded.headers).length > 0 ? { headers: recorded.headers } : {}),
    ...(Object.keys(answers).length > 0 ? { answers } : {}),
  };
  const variables = usedVariables(flow, await readVariables(options.db, env));
  const test: FlowTest = {
    ...sample,
    ...(trigger.nodeId === flow.nodes.find(isTrigger)?.id ? {} : { trigger: trigger.nodeId }),
    receivedAt: startedAt,
    ...(Object.keys(variables).length > 0 ? { variables } : {}),
    ...(recorded.xrefs.length > 0 ? { xrefs: recorded.xrefs } : {}),
    expect: {},
  };
  const got = outcomeOf(await runOfTest(flow, test, NODE_TYPES));
  return { flowId, revision, sample, test: { ...test, expect: expectationOf(got) }, isMasked };
}

const isTrigger = ({ type }: Flow['nodes'][number]): boolean => NODE_TYPES.manifests.get(type)?.kind === 'trigger';

/** The trigger's payload and the outputs of nodes that reach out, as people see them. */
async function readRecorded(options: ApiOptions, flow: Flow, { executionId, spans }: ExecutionDetail) {
  const outside = new Set(
    flow.nodes.flatMap(({ id, type }) => {
      const manifest = NODE_TYPES.manifests.get(type);
      return manifest && reachesOut(manifest) ? [id] : [];
    }),
  );
  const outputs = spans.flatMap(({ nodeId, outputRef }) =>
    outside.has(nodeId) && outputRef !== undefined ? [outputRef] : [],
  );
  const payloads = new Map<string, unknown>();
  for (const ref of new Set([TRIGGER, ...outputs])) payloads.set(ref, await readWhole(options, executionId, ref));
  const snapshot = await options.bus.executions.read(executionId);
  const headers = Object.entries(snapshot ? (conceal(snapshot.trigger.headers) as Record<string, string>) : {});
  return {
    payloads,
    headers: Object.fromEntries(headers.filter(([name]) => !TELLING_HEADER.test(name))),
    xrefs: xrefsIn(snapshot),
  };
}

/** What it looked up, but for what is masked: by an invented id nothing would be found. */
function xrefsIn(snapshot: JournalSnapshot | undefined): TestXref[] {
  const shown = (snapshot?.lookups ?? []).map((lookup) => conceal(lookup));
  return xrefsOf(shown.filter((lookup) => !JSON.stringify(lookup).includes(CONCEALED)) as MadeLookup[]);
}

async function readWhole(options: ApiOptions, executionId: string, ref: string): Promise<unknown> {
  const traced = await readTraced(options, executionId, ref);
  if (traced && !traced.truncated) return conceal(traced.value);
  const { executions, blobs } = options.bus;
  const snapshot = await executions.read(executionId);
  const trigger = ref === TRIGGER && snapshot ? await executions.trigger(snapshot.trigger.seq) : undefined;
  const resting = trigger?.executionId === executionId ? payloadOfTrigger(trigger, ref) : snapshot?.outputs[ref];
  const found = resting && (await readResting(blobs, resting));
  if (found) return conceal(found.value);
  const what = ref === TRIGGER ? 'what came in' : 'an answer';
  throw incomplete(executionId, traced ? `${what} was recorded only in part` : `${what} is kept no longer`);
}

function incomplete(id: string, reason: string): FlowError {
  return new FlowError('API_RECORDING_INCOMPLETE', { details: { id, reason } });
}
