import type { FlowNode, NodeManifest } from '@crossdock/flow-model';

/** What every section of the Reliability tab gets. */
export interface ReliabilityProps {
  readonly node: FlowNode;
  /** Undefined where the node's type is not known. */
  readonly manifest: NodeManifest | undefined;
  readonly locked: boolean;
  /** Puts a field of the node, or takes it away with `null`. `what` tells steps of undo apart. */
  readonly set: (patch: ReliabilityPatch, what: string) => void;
  /** What is wrong at a pointer below the node, such as `/breaker/openMs`. */
  readonly errorAt: (pointer: string) => string | undefined;
}

export type ReliabilityPatch = {
  readonly [Field in
    | 'retry'
    | 'timeoutMs'
    | 'onError'
    | 'breaker'
    | 'rateLimit'
    | 'compensate'
    | 'idempotency'
    | 'onDoubt']?: FlowNode[Field] | null;
};
