import { FlowError } from '@crossdock/errors';
import type { Caller } from '../auth/index.ts';
import type { ApiOptions } from './api.ts';
import { callerIn } from './caller-in.ts';
import type { Handlers } from './mount.ts';
import { meOf } from './session.ts';

type AccountRoutes =
  | 'me'
  | 'renameMe'
  | 'readMyPreferences'
  | 'changeMyPreferences'
  | 'changeMyPassword'
  | 'listMySessions'
  | 'endMySession'
  | 'endMyOtherSessions'
  | 'readPasswordLink'
  | 'usePasswordLink';

/** What people do about their own account. */
export function accountHandlers({ auth }: ApiOptions): Pick<Handlers, AccountRoutes> {
  const { people, sessions, passwordLinks, preferences } = auth;
  return {
    async me(call) {
      return { status: 200, body: meOf(callerIn(call)) };
    },
    async renameMe({ body: { name }, audit, ...call }) {
      const me = personIn(call);
      const { audited } = await people.update(me.id, { name }, audit.record);
      return { status: 200, body: meOf({ ...me, name }), audited };
    },
    async readMyPreferences(call) {
      return { status: 200, body: await preferences.read(personIn(call).id) };
    },
    async changeMyPreferences({ body, ...call }) {
      return { status: 200, body: await preferences.change(personIn(call).id, body) };
    },
    async changeMyPassword({ body, request, audit, ...call }) {
      const address = request.ip ?? '';
      const audited = await auth.changePassword(personIn(call), body, { address, record: audit.record });
      return { status: 204, body: null, audited };
    },
    async listMySessions(call) {
      const { id, sessionId } = personIn(call);
      return { status: 200, body: { items: await sessions.list(id, sessionId), nextCursor: null } };
    },
    async endMySession({ params, audit, ...call }) {
      const audited = await sessions.end(personIn(call).id, params.sessionId, audit.record);
      return { status: 204, body: null, audited };
    },
    async endMyOtherSessions({ audit, ...call }) {
      const { id, sessionId } = personIn(call);
      return { status: 204, body: null, audited: await sessions.endOthers(id, sessionId, audit.record) };
    },
    async readPasswordLink({ body: { token } }) {
      return { status: 200, body: await passwordLinks.read(token) };
    },
    async usePasswordLink({ body: { token, password }, audit }) {
      return { status: 204, body: null, audited: await passwordLinks.use(token, password, audit.by) };
    },
  };
}

/** The person who asks: a key has no account. Throws `API_BAD_REQUEST`. */
function personIn(call: { caller: Caller | undefined }): Caller {
  const caller = callerIn(call);
  if (caller.via === 'session') return caller;
  throw new FlowError('API_BAD_REQUEST', {
    details: { path: 'the API key', reason: 'has no account; sign in as a person' },
  });
}
