import type { Alarm } from '@crossdock/api-contract';
import { readHealth } from '../health/read-health.ts';
import { alarmView, selectAlarms } from './alarm-rows.ts';
import type { ApiOptions } from './api.ts';
import type { Handlers } from './mount.ts';
import { cursorOf, DEFAULT_LIMIT, pageOf, readPlace } from './paging.ts';

const MOST_OPEN = 200;

export function healthHandlers({ db, bus }: ApiOptions): Pick<Handlers, 'getHealth' | 'listAlarms'> {
  return {
    async getHealth({ query: { env, range = '1h' } }) {
      let open = selectAlarms(db).where('alarms.state', '<>', 'resolved');
      // What is about the whole installation concerns every environment.
      if (env !== undefined)
        open = open.where((eb) => eb.or([eb('alarms.env', '=', env), eb('alarms.env', 'is', null)]));
      const alarms = (await open.orderBy('alarms.since', 'desc').limit(MOST_OPEN).execute()).map(alarmView);
      return { status: 200, body: await readHealth({ db, bus }, { env, range, now: Date.now(), alarms }) };
    },
    async listAlarms({ query: { limit = DEFAULT_LIMIT, cursor, env, state } }) {
      let query = selectAlarms(db);
      if (env !== undefined)
        query = query.where((eb) => eb.or([eb('alarms.env', '=', env), eb('alarms.env', 'is', null)]));
      if (state !== undefined) query = query.where('alarms.state', '=', state);
      const after = readPlace(cursor);
      if (after)
        query = query.where((eb) =>
          eb(eb.refTuple('alarms.since', 'alarms.alarm_id'), '<', eb.tuple(after.at, after.executionId)),
        );
      const rows = await query
        .orderBy('alarms.since', 'desc')
        .orderBy('alarms.alarm_id', 'desc')
        .limit(limit + 1)
        .execute();
      const next = ({ since, alarmId }: Alarm) => cursorOf(since, alarmId);
      return { status: 200, body: pageOf(rows.map(alarmView), limit, next) };
    },
  };
}
