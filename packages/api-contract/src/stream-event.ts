import type { ExecutionRow } from './execution-schemas.ts';
import type { FlowEditor } from './presence-routes.ts';
import type { Job } from './repair-schemas.ts';
import type { Deployment } from './schemas.ts';

/** Server-sent events of `GET /api/v1/stream`: `event:` is the kind, `data:` the JSON. */
export type StreamEvent =
  | { kind: 'execution'; data: ExecutionRow }
  /** Events of it came; linked orders are one from then on, under one of their ids. */
  | { kind: 'order'; data: { env: string; orderId: string } }
  /** Some of this environment changed. */
  | { kind: 'cross-reference'; data: { env: string } }
  | { kind: 'deployment'; data: Deployment }
  | { kind: 'job'; data: Job }
  | { kind: 'flow'; data: { flowId: string; etag: string | null; updatedBy: string } }
  | { kind: 'presence'; data: { flowId: string; editors: FlowEditor[] } };
