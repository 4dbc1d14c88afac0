import {
  type Answers,
  type Flow,
  type FlowTest,
  type Sample,
  TEST_RECEIVED_AT,
  type TestXref,
} from '@crossdock/flow-model';
import { mergePatch } from './merge-patch.ts';

/** What a test gives a run of its flow. */
export interface TestInput {
  readonly payload: unknown;
  readonly headers: Record<string, string>;
  readonly answers: Answers;
  readonly variables: Record<string, unknown>;
  /** What cross-references hold; undefined leaves their nodes answered for. */
  readonly xrefs?: readonly TestXref[];
  /** RFC 3339. */
  readonly receivedAt: string;
  readonly triggerNodeId?: string;
}

/** A test that cannot be run as it stands. The message names the test's field and the fix. */
export class UnusableTest extends Error {
  override readonly name = 'UnusableTest';
}

/** What comes in, with what the test takes from its sample. Throws `UnusableTest`. */
export function testInput({ samples = [], nodes }: Pick<Flow, 'samples' | 'nodes'>, test: FlowTest): TestInput {
  const { sample: name, payload, patch, trigger, receivedAt = TEST_RECEIVED_AT } = test;
  const sample: Sample | undefined = name === undefined ? undefined : samples.find((one) => one.name === name);
  if (name !== undefined && !sample)
    throw new UnusableTest(`its sample "${name}" is no sample of the flow; choose another one, or give it a payload`);
  if (payload === undefined && !sample)
    throw new UnusableTest('it has neither "sample" nor "payload"; say what comes in by one of them');
  if (trigger !== undefined && !nodes.some(({ id }) => id === trigger))
    throw new UnusableTest(`its trigger "${trigger}" is no node of the flow; choose one that is`);
  if (Number.isNaN(Date.parse(receivedAt)))
    throw new UnusableTest(`its "receivedAt" is "${receivedAt}"; write a moment such as ${TEST_RECEIVED_AT}`);
  const base = payload ?? sample?.payload;
  return {
    payload: patch === undefined ? base : mergePatch(base, patch),
    headers: test.headers ?? sample?.headers ?? {},
    answers: { ...sample?.answers, ...test.answers },
    variables: test.variables ?? {},
    receivedAt,
    ...(test.xrefs === undefined ? {} : { xrefs: test.xrefs }),
    ...(trigger === undefined ? {} : { triggerNodeId: trigger }),
  };
}
