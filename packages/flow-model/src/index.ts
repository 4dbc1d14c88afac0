export {
  DEFAULT_CONCURRENCY,
  DEFAULT_FLOW_TIMEOUT_MS,
  DEFAULT_NODE_TIMEOUT_MS,
  DEFAULT_RETRY,
  type Flow,
  type FlowEdge,
  type FlowNode,
  type FlowSettings,
  type Layout,
  type OnError,
  type RetryPolicy,
  type Sample,
} from './document.ts';
export type { Issue } from './issue.ts';
export type { ConfigField, ConfigSchema, NodeHandles, NodeKind, NodeManifest } from './manifest.ts';
