export type { ConfigField, NodeManifest } from '@crossdock/flow-model';
export {
  choice,
  configSchema,
  defaultedField,
  type FieldHints,
  field,
  optionalField,
  type TDefaulted,
} from './config-schema.ts';
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
  CloudEvent,
  EmitPort,
  HttpAnswer,
  HttpCall,
  HttpPort,
  MessagePort,
  NodeRunner,
  Reply,
  RunContext,
  RunMeta,
} from './run-context.ts';
