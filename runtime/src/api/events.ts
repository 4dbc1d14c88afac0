import { randomUUID } from 'node:crypto';
import { FlowError } from '@crossdock/errors';
import { type EventProblem, givenEventProblems } from '@crossdock/orders';
import type { ApiOptions } from './api.ts';
import { callerIn } from './caller-in.ts';
import { readEnvironment } from './environments/environment-rows.ts';
import type { Handlers } from './mount.ts';

/** Events that other systems give. */
export function eventHandlers({ db, bus, log }: ApiOptions): Pick<Handlers, 'emitEvent'> {
  return {
    async emitEvent({ params: { env }, body: { key: given, type, data, id = randomUUID() }, audit, ...call }) {
      // As a wait or an emitted event writes a number.
      const key = String(given);
      await readEnvironment(db, env);
      const [problem] = givenEventProblems({ type, data });
      if (problem) throw refused(problem);
      await bus.events.emit(env, key, {
        specversion: '1.0',
        id,
        source: `/api/v1/environments/${env}/events`,
        type,
        subject: key,
        time: new Date().toISOString(),
        partitionkey: key,
        datacontenttype: 'application/json',
        ...(data === undefined ? {} : { data }),
      });
      log.info({ by: callerIn(call).name, env, type, id }, 'an event was given');
      return { status: 202, body: { id }, audited: await audit.record({ id, env, after: { type } }) };
    },
  };
}

function refused({ field, message, fix }: EventProblem): FlowError {
  const reason = `${message.slice(field.length).trim()}. ${fix}`;
  return new FlowError('API_BAD_REQUEST', { details: { path: `body field "${field}"`, reason } });
}
