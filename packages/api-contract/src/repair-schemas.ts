import Type, { type Static } from 'typebox';
import { EnvName, ErrorBody, FlowId, literals, page, Timestamp } from './schemas.ts';

const NodeId = Type.String({ minLength: 1, maxLength: 64 });
const ExecutionId = Type.String({ maxLength: 64 });

/** `same-keys`: what a target has done already under these keys is not done again. `new-keys`: everything is done anew. */
export const ReplayEffects = literals(['same-keys', 'new-keys']);
export const ReplayRevision = Type.Union([Type.Integer({ minimum: 1 }), literals(['same', 'deployed'])], {
  description: 'Default `same`: the one it ran on',
});

export const ReplayBody = Type.Object(
  {
    from: Type.Optional(
      Type.String({ minLength: 1, maxLength: 64, description: '`trigger` (default), `failed`, or the id of a node' }),
    ),
    revision: Type.Optional(ReplayRevision),
    payload: Type.Optional(
      Type.Unknown({
        description: 'What the place it begins at gets instead. Dots that stand for a masked value keep that value',
      }),
    ),
    effects: Type.Optional(ReplayEffects),
  },
  { additionalProperties: false },
);
export type ReplayBody = Static<typeof ReplayBody>;

export const REPAIR_OUTCOMES = ['done', 'repeat', 'fail'] as const;
/** How a call in doubt ended: it was `done`; `repeat` it; or let the node `fail`. */
export const RepairOutcome = literals(REPAIR_OUTCOMES);
export const ResolveBody = Type.Object(
  {
    outcome: RepairOutcome,
    nodeId: Type.Optional(NodeId),
    iteration: Type.Optional(Type.Integer({ minimum: 0 })),
    output: Type.Optional(Type.Unknown({ description: 'What the call gave, for `done`' })),
  },
  { additionalProperties: false },
);
export type ResolveBody = Static<typeof ResolveBody>;

export const Accepted = Type.Object({ executionId: Type.String() });

const places = {
  env: Type.Optional(EnvName),
  flowId: Type.Optional(FlowId),
  nodeId: Type.Optional(NodeId),
  from: Type.Optional(Timestamp),
  to: Type.Optional(Timestamp),
};
const chosen = {
  executionIds: Type.Optional(Type.Array(ExecutionId, { maxItems: 1000, description: 'Only these of what matches' })),
};

export const deadLetterQuery = {
  ...places,
  code: Type.Optional(Type.String({ maxLength: 100, description: 'Error code' })),
  q: Type.Optional(
    Type.String({
      maxLength: 300,
      description:
        'Execution id, beginning of a key value (a whole one where its field is masked), or words of the error',
    }),
  ),
  state: Type.Optional(literals(['open', 'replayed', 'all'])),
};
export const DeadLetterFilter = Type.Object({ ...deadLetterQuery, ...chosen }, { additionalProperties: false });
export type DeadLetterFilter = Static<typeof DeadLetterFilter>;

/** An execution that ended in an error nobody has mended yet, or had (`replayedBy`). */
export const DeadLetterRow = Type.Object({
  executionId: Type.String(),
  flowId: FlowId,
  revision: Type.Integer(),
  env: EnvName,
  status: literals(['failed', 'compensation-failed']),
  nodeId: Type.Union([Type.String(), Type.Null()]),
  nodeName: Type.Optional(Type.String()),
  error: ErrorBody,
  attempts: Type.Integer({ description: 'Attempts of the node that failed' }),
  failedAt: Timestamp,
  keys: Type.Record(Type.String(), Type.Unknown()),
  replayedBy: Type.Optional(Type.String({ description: 'The newest execution that replays it' })),
});
export type DeadLetterRow = Static<typeof DeadLetterRow>;
export const DeadLetterPage = page(DeadLetterRow);
export type DeadLetterPage = Static<typeof DeadLetterPage>;

export const inDoubtQuery = places;
export const InDoubtFilter = Type.Object({ ...inDoubtQuery, ...chosen }, { additionalProperties: false });
export type InDoubtFilter = Static<typeof InDoubtFilter>;

/** A call that may have been done, with what is known of it. */
export const InDoubtRow = Type.Object({
  executionId: Type.String(),
  flowId: FlowId,
  revision: Type.Integer(),
  env: EnvName,
  nodeId: Type.String(),
  nodeName: Type.Optional(Type.String()),
  iteration: Type.Integer(),
  since: Timestamp,
  keys: Type.Record(Type.String(), Type.Unknown()),
  error: Type.Optional(ErrorBody),
  remote: Type.Optional(Type.String()),
  attempt: Type.Integer(),
  inputRef: Type.String(),
});
export type InDoubtRow = Static<typeof InDoubtRow>;
export const InDoubtPage = page(InDoubtRow);

/** What a bulk repair came to: a job at work, or with `dryRun` (and where nothing matches) none. */
export const BulkRepair = Type.Object({
  jobId: Type.Union([Type.String(), Type.Null()]),
  count: Type.Integer({ description: 'What the filter matches' }),
  willRun: Type.Optional(Type.Integer({ description: 'Dry run: of these, what can be done' })),
  skipped: Type.Optional(Type.Integer({ description: 'Dry run: what can no longer be done' })),
});
export type BulkRepair = Static<typeof BulkRepair>;

export const JOB_KINDS = ['replay', 'resolve'] as const;
export const JOB_STATUSES = ['running', 'done', 'stopped', 'failed'] as const;

/** Long work over many executions. */
export const Job = Type.Object({
  jobId: Type.String(),
  kind: literals(JOB_KINDS),
  env: Type.Optional(EnvName),
  status: literals(JOB_STATUSES),
  startedAt: Timestamp,
  startedBy: Type.String(),
  endedAt: Type.Optional(Timestamp),
  total: Type.Integer(),
  done: Type.Integer({ description: 'Executions taken care of' }),
  failed: Type.Integer({ description: 'Executions for which it could not be done' }),
  perSecond: Type.Optional(Type.Number({ description: 'While it runs' })),
  errors: Type.Array(Type.Object({ executionId: Type.String(), code: Type.String(), message: Type.String() }), {
    description: 'The first 20',
  }),
});
export type Job = Static<typeof Job>;
export const JobPage = page(Job);
