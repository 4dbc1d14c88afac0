import {
  EXPECTED_STATUSES,
  type Expectation,
  type ExpectedStatus,
  type FlowTest,
  type Tolerance,
} from '@crossdock/flow-model';

/** What is read of a run's span; both the engine's and the API's fit. */
export interface OutcomeSpan {
  readonly nodeId: string;
  readonly attempt: number;
  readonly output?: unknown;
  readonly config?: unknown;
}

/** What is read of a run. */
export interface RunOutcome {
  readonly status: string;
  readonly error?: { readonly code: string; readonly nodeId?: string; readonly details?: unknown };
  readonly reply?: unknown;
  readonly spans: readonly OutcomeSpan[];
}

/** All that came of a run, in the form in which a test expects it. */
export function outcomeOf({ status, error, reply, spans }: RunOutcome): Expectation {
  const outputs: Record<string, unknown> = {};
  const calls: Record<string, unknown[]> = {};
  for (const { nodeId, output, config } of spans) {
    if (output !== undefined) outputs[nodeId] = output;
    if (config !== undefined) calls[nodeId] = [...(calls[nodeId] ?? []), config];
  }
  return {
    ...(isExpectable(status) ? { status } : {}),
    ...(error ? { error: errorOf(error) } : {}),
    ...(reply === undefined ? {} : { reply }),
    path: spans.map(({ nodeId }) => nodeId),
    outputs,
    calls,
  };
}

/** The test expecting what was got wherever it expects something now; tolerances stay. A reply or an error that came anew is expected too. */
export function acceptOutcome(test: FlowTest, got: Expectation): FlowTest {
  const { expect } = test;
  const only = <Value>(values: Record<string, Value> = {}, like: object = {}): Record<string, Value> =>
    Object.fromEntries(Object.keys(like).flatMap((key) => (key in values ? [[key, values[key] as Value]] : [])));
  return {
    ...test,
    expect: {
      ...(expect.status !== undefined && got.status !== undefined ? { status: got.status } : {}),
      ...(got.error ? { error: acceptedError(got.error, expect.error) } : {}),
      ...(got.reply === undefined ? {} : { reply: got.reply }),
      ...(expect.path && got.path ? { path: got.path } : {}),
      ...(expect.outputs ? { outputs: only(got.outputs, expect.outputs) } : {}),
      ...(expect.calls ? { calls: only(got.calls, expect.calls) } : {}),
    },
  };
}

/** An expectation of all that a run gave but the outputs of its trigger and of nodes that were answered for: those are the test's own. */
export function expectationOf(got: Expectation): Expectation {
  const [trigger] = got.path ?? [];
  const outputs = Object.entries(got.outputs ?? {}).filter(
    ([nodeId]) => nodeId !== trigger && !Object.hasOwn(got.calls ?? {}, nodeId),
  );
  const { error, calls = {} } = got;
  return {
    ...got,
    ...(error ? { error: acceptedError(error, undefined) } : {}),
    outputs: Object.fromEntries(outputs),
    calls,
  };
}

/** The tolerance that lets one place differ; it takes the place of those for the same one. */
export function tolerate(test: FlowTest, tolerance: Tolerance): FlowTest {
  const others = (test.tolerances ?? []).filter(({ path }) => path !== tolerance.path);
  return { ...test, tolerances: [...others, tolerance] };
}

type ExpectedError = NonNullable<Expectation['error']>;

function acceptedError(got: ExpectedError, before: ExpectedError | undefined): ExpectedError {
  const { code, nodeId, details } = got;
  return {
    code,
    ...(nodeId === undefined ? {} : { nodeId }),
    ...(before?.details && details ? { details } : {}),
  };
}

function errorOf({ code, nodeId, details }: NonNullable<RunOutcome['error']>): ExpectedError {
  return {
    code,
    ...(nodeId === undefined ? {} : { nodeId }),
    ...(typeof details === 'object' && details !== null ? { details: details as Record<string, unknown> } : {}),
  };
}

function isExpectable(status: string): status is ExpectedStatus {
  return (EXPECTED_STATUSES as readonly string[]).includes(status);
}
