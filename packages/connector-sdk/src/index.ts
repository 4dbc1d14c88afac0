export type { ConfigField, ConnectionUse, NodeManifest } from '@crossdock/flow-model';
export { withSecrets } from './bound-call.ts';
export {
  choice,
  configSchema,
  defaultedField,
  type FieldHints,
  field,
  optionalField,
  ruleWhere,
  type TDefaulted,
} from './config-schema.ts';
export { credentialFields, filledSettings } from './connection-credentials.ts';
export { hostsOf, originOf } from './connection-hosts.ts';
export { attemptLimitOf, type Pace, type PaceSource, paceOf } from './connection-pace.ts';
export {
  type CheckConnection,
  type CheckContext,
  type ConnectionManifest,
  type CredentialsOf,
  defineConnectionType,
  type HostSource,
  type OpenConnection,
  type SettingsOf,
  type SocketPort,
  type TypedConnectionManifest,
} from './define-connection-type.ts';
export {
  type ConfigOf,
  defineNodeType,
  type RunNode,
  type RunnersFor,
  type TypedManifest,
} from './define-node-type.ts';
export type { Choice, ChoicesAsked, ListChoices } from './list-choices.ts';
export type { NarrowAnswer } from './narrow-answer.ts';
export type { Poll, PollContext, PollTrigger } from './poll-trigger.ts';
export type { RotateCredentials, Rotated } from './rotate-credentials.ts';
export type {
  BlobPort,
  BlobRef,
  BoundSecrets,
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
  StatusPort,
  XrefId,
  XrefPort,
} from './run-context.ts';
