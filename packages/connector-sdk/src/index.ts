export {
  type ConfigOf,
  defineNodeType,
  type RunNode,
  type RunnersFor,
  type TypedManifest,
} from './define-node-type.ts';
export type {
  BlobPort,
  BlobRef,
  HttpAnswer,
  HttpCall,
  HttpPort,
  NodeRunner,
  Reply,
  RunContext,
  RunMeta,
} from './run-context.ts';
