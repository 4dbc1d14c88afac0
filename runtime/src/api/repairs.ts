import { isAllowed, type Role } from '@crossdock/api-contract';
import type { ExecutionAddress, JournalSnapshot } from '@crossdock/engine';
import { FlowError } from '@crossdock/errors';
import { isTerminal } from '../projector/execution-rows.ts';
import type { ApiOptions } from './api.ts';
import { callerIn } from './caller-in.ts';
import { findExecution } from './execution-id.ts';
import type { Handlers } from './mount.ts';
import { readOriginal } from './replay/original.ts';
import { replayExecution } from './replay/replay-execution.ts';
import { NO_DOUBT, resolveDoubt } from './resolve-doubt.ts';

type RepairRoutes = 'replayExecution' | 'cancelExecution' | 'resolveExecution';

/** What people do about one execution. */
export function repairHandlers(options: ApiOptions): Pick<Handlers, RepairRoutes> {
  const { bus, log } = options;
  return {
    async replayExecution({ params, body, signal, allowIn, audit, ...call }) {
      const { role, name: by } = callerIn(call);
      const { from = 'trigger', revision = 'same', effects = 'same-keys' } = body;
      allowEffects(role, effects);
      const original = await findExecution(params.executionId, signal, (id) => readOriginal(options, id));
      allowIn(original.env);
      const payload = Object.hasOwn(body, 'payload') ? { payload: body.payload } : {};
      const executionId = await replayExecution(options, original, { from, revision, effects, ...payload, by });
      const after = { executionId, from, revision, effects, edited: Object.hasOwn(body, 'payload') };
      const audited = await audit.record({ id: original.executionId, env: original.env, after });
      return { status: 202, body: { executionId }, audited };
    },
    async cancelExecution({ params, signal, allowIn, audit, ...call }) {
      const by = callerIn(call).name;
      const { address, status } = await findExecution(params.executionId, signal, (id) => readStanding(options, id));
      allowIn(address.env);
      const { executionId: id } = address;
      if (isTerminal(status))
        throw new FlowError('API_WRONG_STATE', { details: { id, status, reason: 'it has ended' } });
      // Workers hear of the wish at once; the command makes it true wherever the execution stands.
      await bus.cancels.want(id, by);
      await bus.commands.send(address, { type: 'cancel', by });
      log.info({ by, ...address }, 'an execution is cancelled');
      const audited = await audit.record({ id, env: address.env, before: { status } });
      return { status: 202, body: { executionId: id }, audited };
    },
    async resolveExecution({ params: { executionId }, body, signal, audit, ...call }) {
      const by = callerIn(call).name;
      const { status, snapshot } = await findExecution(executionId, signal, (id) => readStanding(options, id));
      if (!snapshot) throw new FlowError('API_WRONG_STATE', { details: { id: executionId, status, reason: NO_DOUBT } });
      await resolveDoubt(options, snapshot, { ...body, by });
      const { output: _output, ...decision } = body;
      const audited = await audit.record({ id: executionId, env: snapshot.env, after: decision });
      return { status: 202, body: { executionId }, audited };
    },
  };
}

/** A replay with new keys may do effects a second time: that is a right of its own. Throws `API_FORBIDDEN`. */
export function allowEffects(role: Role, effects: 'same-keys' | 'new-keys'): void {
  const permission = 'executions:replay-new-keys';
  if (effects === 'new-keys' && !isAllowed(role, permission))
    throw new FlowError('API_FORBIDDEN', { details: { permission } });
}

interface Standing {
  address: ExecutionAddress;
  status: string;
  snapshot?: JournalSnapshot;
}

/** Where an execution stands: as the journal says, else (not begun, or ended long ago) as the read model does. */
async function readStanding({ db, bus }: ApiOptions, executionId: string): Promise<Standing | undefined> {
  const snapshot = await bus.executions.read(executionId);
  if (snapshot) {
    const { env, flowId, status } = snapshot;
    return { address: { env, flowId, executionId }, status, snapshot };
  }
  const row = await db.kysely
    .selectFrom('executions')
    .select(['env', 'flow_id', 'status'])
    .where('execution_id', '=', executionId)
    .executeTakeFirst();
  return row && { address: { env: row.env, flowId: row.flow_id, executionId }, status: row.status };
}
