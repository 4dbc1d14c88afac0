import { alarmsPausedSince, resumeAlarms } from '../alarms/index.ts';
import type { ApiOptions } from './api.ts';
import type { Handlers } from './mount.ts';

const viewOf = (since: Date | null) => ({ pausedSince: since?.toISOString() ?? null });

export function alarmSendingHandlers({ db }: ApiOptions): Pick<Handlers, 'getAlarmSending' | 'resumeAlarmSending'> {
  return {
    async getAlarmSending() {
      return { status: 200, body: viewOf(await alarmsPausedSince(db.kysely)) };
    },
    async resumeAlarmSending({ audit }) {
      return db.transaction(async (tx) => {
        const before = viewOf(await resumeAlarms(tx));
        const after = viewOf(null);
        const audited =
          before.pausedSince === null ? audit.nothing() : await audit.record({ id: 'alarms', before, after }, tx);
        return { status: 200, body: after, audited };
      });
    },
  };
}
