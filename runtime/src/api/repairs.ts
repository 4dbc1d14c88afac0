import { FlowError } from '@crossdock/errors';
import type { Handlers } from './mount.ts';

type RepairRoutes =
  | 'replayExecution'
  | 'cancelExecution'
  | 'resolveExecution'
  | 'listDeadLetters'
  | 'replayDeadLetters'
  | 'listInDoubt'
  | 'resolveInDoubt'
  | 'listJobs'
  | 'getJob'
  | 'stopJob'
  | 'emitEvent';

/** The contract stands; what answers it follows. */
export function repairHandlers(): Pick<Handlers, RepairRoutes> {
  const notYet = async () => {
    throw new FlowError('SYSTEM_STOPPING');
  };
  const none = async () => ({ status: 200 as const, body: { items: [], nextCursor: null } });
  return {
    replayExecution: notYet,
    cancelExecution: notYet,
    resolveExecution: notYet,
    replayDeadLetters: notYet,
    resolveInDoubt: notYet,
    getJob: notYet,
    stopJob: notYet,
    emitEvent: notYet,
    listDeadLetters: none,
    listInDoubt: none,
    listJobs: none,
  };
}
