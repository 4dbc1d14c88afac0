import { CONNECTION_NAME_PATTERN } from '@crossdock/flow-model';
import Type, { type Static } from 'typebox';
import * as s from './schemas.ts';

export const ConnectionName = Type.String({ pattern: CONNECTION_NAME_PATTERN });

/** That a credential is set, never what it is. */
export const CredentialState = Type.Object({
  isSet: Type.Boolean(),
  isNeeded: Type.Boolean({ description: 'The settings ask for it' }),
  changedAt: Type.Union([s.Timestamp, Type.Null()]),
  changedBy: Type.Union([Type.String(), Type.Null()]),
});
export type CredentialState = Static<typeof CredentialState>;

export const ConnectionCheck = Type.Object({
  ok: Type.Boolean(),
  at: s.Timestamp,
  latencyMs: Type.Integer(),
  /** What was seen, or what went wrong. */
  message: Type.String(),
  code: Type.Union([Type.String(), Type.Null()]),
  /** What to do about it. */
  fix: Type.Union([Type.String(), Type.Null()]),
});
export type ConnectionCheck = Static<typeof ConnectionCheck>;

/** An alarm channel that sends by a connection. */
export const ChannelUse = Type.Object({ channelId: Type.String({ format: 'uuid' }), name: Type.String() });
export type ChannelUse = Static<typeof ChannelUse>;

export const Connection = Type.Object({
  id: Type.String({ format: 'uuid' }),
  env: s.EnvName,
  name: ConnectionName,
  type: Type.String(),
  settings: Type.Record(Type.String(), Type.Unknown()),
  credentials: Type.Record(Type.String(), CredentialState, { description: 'By field; values are never answered' }),
  hosts: Type.Array(Type.String(), { description: 'Origins that the credentials may be sent to' }),
  expiresAt: Type.Union([s.Timestamp, Type.Null()]),
  lastCheck: Type.Union([ConnectionCheck, Type.Null()], { description: 'Of this state of the connection' }),
  usedBy: Type.Integer({ description: 'Flows whose draft or active revision names it' }),
  channels: Type.Array(ChannelUse, { description: 'Alarm channels that send by it' }),
  version: Type.Integer({ minimum: 1 }),
  createdAt: s.Timestamp,
  createdBy: Type.String(),
  updatedAt: s.Timestamp,
  updatedBy: Type.String(),
});
export type Connection = Static<typeof Connection>;
export const ConnectionPage = s.page(Connection);

export const ConnectionUse = Type.Object({
  flowId: s.FlowId,
  flowName: Type.String(),
  nodeId: Type.String(),
  nodeName: Type.String(),
  /** The active revision in this connection's environment; null where only the draft names it. */
  revision: Type.Union([Type.Integer(), Type.Null()]),
});
export type ConnectionUse = Static<typeof ConnectionUse>;

/** One value that a setting of a node may have. */
export const Choice = Type.Object({
  value: Type.String(),
  /** As people at the other side call it. */
  title: Type.String(),
  type: Type.Optional(Type.String()),
  required: Type.Optional(Type.Boolean()),
  readonly: Type.Optional(Type.Boolean()),
  relation: Type.Optional(Type.String()),
});
export type Choice = Static<typeof Choice>;

const Settings = Type.Record(Type.String(), Type.Unknown(), { description: 'As the connection type declares them' });
const Credentials = Type.Record(Type.String(), Type.Union([Type.String({ maxLength: 16_384 }), Type.Null()]), {
  description: 'Those to set, as the type declares them; null takes one away, what is left out stays',
});

export const NewConnection = Type.Object(
  {
    env: s.EnvName,
    name: ConnectionName,
    type: Type.String({ maxLength: 100 }),
    settings: Settings,
    credentials: Type.Optional(Credentials),
  },
  { additionalProperties: false },
);

export const ConnectionChange = Type.Object(
  {
    settings: Settings,
    credentials: Type.Optional(Credentials),
    version: Type.Optional(
      Type.Integer({ minimum: 1, description: 'The version that was read: 412 when someone else saved since' }),
    ),
  },
  { additionalProperties: false },
);

export const Rewrapped = Type.Object({
  keyId: Type.String({ description: 'The key that wraps now' }),
  rewrapped: Type.Integer(),
  unchanged: Type.Integer(),
  unreadable: Type.Array(Type.Object({ env: s.EnvName, name: ConnectionName, reason: Type.String() })),
});
