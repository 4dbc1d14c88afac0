import type { Answer, Answers, Flow, NodeManifest } from '@crossdock/flow-model';

/** What is read of a recorded attempt; both the journal's spans and the API's fit. */
export interface RecordedSpan {
  readonly nodeId: string;
  readonly status: string;
  readonly error?: { readonly code: string; readonly message: string; readonly details?: unknown } | undefined;
  readonly outputRef?: string | undefined;
  /** Ids of the edges by which its output left. */
  readonly edges: readonly string[];
}

/**
 * What the nodes that reach out of the flow gave in a recorded run, attempt by attempt, so that it can be run again without them: actions, waits,
 * calls of other flows. `payloads` has the outputs by reference; an output that is not there is left to the node's manifest.
 */
export function recordedAnswers(
  flow: Flow,
  spans: readonly RecordedSpan[],
  payloads: ReadonlyMap<string, unknown>,
  manifests: ReadonlyMap<string, NodeManifest>,
): Answers {
  const answers: Answers = {};
  for (const span of spans) {
    const node = flow.nodes.find(({ id }) => id === span.nodeId);
    const manifest = node && manifests.get(node.type);
    if (!node || !manifest || !reachesOut(manifest)) continue;
    const answer = answerOf(flow, span, payloads, manifest);
    if (answer) answers[node.id] = [...(answers[node.id] ?? []), answer];
  }
  return answers;
}

/** Whether a node's work leads out of the flow, so that a recorded answer stands for it. */
export function reachesOut({ kind, control }: Pick<NodeManifest, 'kind' | 'control'>): boolean {
  return kind === 'action' || control === 'wait' || control === 'call';
}

function answerOf(
  flow: Flow,
  { nodeId, error, outputRef, edges }: RecordedSpan,
  payloads: ReadonlyMap<string, unknown>,
  manifest: NodeManifest,
): Answer | undefined {
  if (error) {
    const { code, message, details } = error;
    const isObject = typeof details === 'object' && details !== null;
    return { error: { code, message, ...(isObject ? { details: details as Record<string, unknown> } : {}) } };
  }
  if (outputRef === undefined || !payloads.has(outputRef)) return undefined;
  const left = flow.edges.find(({ id, source }) => source === nodeId && edges.includes(id))?.sourceHandle;
  const isUsual = left === undefined || left === (manifest.handles.out[0] ?? 'out');
  return { output: payloads.get(outputRef), ...(isUsual ? {} : { handle: left }) };
}

/** Simulated, the last answer holds for all further visits, so that repeats at the end say nothing. */
export function withoutRepeats(answers: Answers): Answers {
  return Object.fromEntries(Object.entries(answers).map(([nodeId, list]) => [nodeId, shortened(list)]));
}

function shortened(list: readonly Answer[]): Answer[] {
  const kept = [...list];
  while (kept.length > 1 && JSON.stringify(kept.at(-1)) === JSON.stringify(kept.at(-2))) kept.pop();
  return kept;
}
