import type { TestRun } from '@crossdock/api-contract';
import type { Answers, Flow } from '@crossdock/flow-model';
import { recordedAnswers } from '@crossdock/flow-tests';
import type { Manifests } from '../canvas/index.ts';

/** What the nodes of a run that lead out of the flow gave, so that they need not be asked again; `but` leaves some out. */
export function answersOfRun(
  flow: Flow,
  { spans }: Pick<TestRun, 'spans'>,
  manifests: Manifests,
  but: ReadonlySet<string> = new Set(),
): Answers {
  const outputs = new Map(
    spans.flatMap(({ outputRef, ...span }) =>
      outputRef !== undefined && 'output' in span ? [[outputRef, span.output] as const] : [],
    ),
  );
  return recordedAnswers(
    flow,
    spans.filter(({ nodeId }) => !but.has(nodeId)),
    outputs,
    manifests,
  );
}

/** A node and all that it leads to, along edges and to what undoes them. */
export function fromNodeOn(flow: Pick<Flow, 'nodes' | 'edges'>, nodeId: string): ReadonlySet<string> {
  const reached = new Set([nodeId]);
  for (const id of reached) {
    for (const { source, target } of flow.edges) if (source === id) reached.add(target);
    const undoneBy = flow.nodes.find((node) => node.id === id)?.compensate;
    if (undoneBy !== undefined) reached.add(undoneBy);
  }
  return reached;
}
