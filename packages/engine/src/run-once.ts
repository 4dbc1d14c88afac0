import type { Reply } from '@crossdock/connector-sdk';
import { type ErrorJson, FlowError } from '@crossdock/errors';
import type { Flow } from '@crossdock/flow-model';
import type { EnginePorts } from './ports.ts';
import type { ExecutionStatus, Span } from './records.ts';

export interface RunOnceOptions {
  flow: Flow;
  payload: unknown;
  headers?: Record<string, string>;
  /** `simulate`: actions are not run, their span shows the request that would be sent. */
  effects: 'simulate' | 'real';
  /** Default `dev`. */
  env?: string;
  variables?: Record<string, unknown>;
  ports: Pick<EnginePorts, 'manifests' | 'runners' | 'http' | 'blobs' | 'clock' | 'newToken' | 'random'>;
  /** Stops the run. */
  signal?: AbortSignal;
}

export interface OnceSpan extends Span {
  input?: unknown;
  output?: unknown;
  /** For `simulated`: the settings with their expressions evaluated. */
  config?: Record<string, unknown>;
}

export interface OnceResult {
  /** `waiting` when the run came to a durable wait. */
  status: ExecutionStatus;
  durationMs: number;
  error?: ErrorJson & { nodeId?: string };
  reply?: Reply;
  spans: OnceSpan[];
}

/** Runs a draft once in process, with an in-memory journal: nothing rests anywhere. */
export async function runOnce(_options: RunOnceOptions): Promise<OnceResult> {
  throw new FlowError('SYSTEM_UNEXPECTED', { details: { reason: 'the engine is being assembled' } });
}
