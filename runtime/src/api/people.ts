import { covers, type Role } from '@crossdock/api-contract';
import { FlowError } from '@crossdock/errors';
import type { Caller } from '../auth/index.ts';
import type { ApiOptions } from './api.ts';
import { askedOrigin } from './asked-origin.ts';
import { callerIn } from './caller-in.ts';
import type { Handlers } from './mount.ts';
import { cursorOf, DEFAULT_LIMIT, pageOf, readCursor } from './paging.ts';

type PeopleRoutes =
  | 'listUsers'
  | 'createUser'
  | 'inviteUser'
  | 'resetUser'
  | 'disableUser'
  | 'enableUser'
  | 'updateUser'
  | 'deleteUser'
  | 'listApiKeys'
  | 'createApiKey'
  | 'deleteApiKey';

export function peopleHandlers({ auth, log }: ApiOptions): Pick<Handlers, PeopleRoutes> {
  const { people, apiKeys } = auth;
  return {
    async listUsers({ query: { limit = DEFAULT_LIMIT, cursor } }) {
      const [after] = readCursor(cursor, 1) ?? [];
      const users = await people.list({ limit: limit + 1, ...(after === undefined ? {} : { after }) });
      return { status: 200, body: pageOf(users, limit, ({ email }) => cursorOf(email)) };
    },
    async createUser({ body, audit: { record }, ...call }) {
      allowRole(callerIn(call), body.role);
      const { user, audited } = await people.create(body, record);
      log.info({ by: callerIn(call).name, userId: user.userId, role: user.role }, 'a person was added');
      return { status: 201, body: user, audited };
    },
    async inviteUser({ body, audit: { record }, ...call }) {
      allowRole(callerIn(call), body.role);
      const { link, audited } = await people.invite(body, record);
      log.info({ by: callerIn(call).name, userId: link.user.userId, role: body.role }, 'a person was invited');
      return { status: 201, body: { ...link, url: askedOrigin(call.request) + link.path }, audited };
    },
    async resetUser({ params: { userId }, audit: { record }, ...call }) {
      const { id, name: by } = callerIn(call);
      if (id === userId) throw ownAccount();
      const { link, audited } = await people.reset(userId, record);
      log.info({ by, userId }, 'a password was reset');
      return { status: 201, body: { ...link, url: askedOrigin(call.request) + link.path }, audited };
    },
    async disableUser({ params: { userId }, audit: { record }, ...call }) {
      const { user, audited } = await people.setDisabled(userId, true, record);
      log.info({ by: callerIn(call).name, userId }, 'a person was disabled');
      return { status: 200, body: user, audited };
    },
    async enableUser({ params: { userId }, audit: { record }, ...call }) {
      const { user, audited } = await people.setDisabled(userId, false, record);
      log.info({ by: callerIn(call).name, userId }, 'a person was enabled');
      return { status: 200, body: user, audited };
    },
    async updateUser({ params, body, audit: { record }, ...call }) {
      if (body.role !== undefined) allowRole(callerIn(call), body.role);
      const { user, audited } = await people.update(params.userId, body, record);
      const fields = Object.keys(body);
      log.info({ by: callerIn(call).name, userId: user.userId, role: user.role, fields }, 'a person was changed');
      return { status: 200, body: user, audited };
    },
    async deleteUser({ params, audit: { record }, ...call }) {
      const audited = await people.remove(params.userId, record);
      log.info({ by: callerIn(call).name, userId: params.userId }, 'a person was removed');
      return { status: 204, body: null, audited };
    },
    async listApiKeys({ query: { limit = DEFAULT_LIMIT, cursor } }) {
      const [after] = readCursor(cursor, 1) ?? [];
      const keys = await apiKeys.list({ limit: limit + 1, ...(after === undefined ? {} : { after }) });
      return { status: 200, body: pageOf(keys, limit, ({ keyId }) => cursorOf(keyId)) };
    },
    async createApiKey({ body, audit: { record }, ...call }) {
      const caller = callerIn(call);
      const createdBy = caller.name;
      allowRole(caller, body.role);
      const { name, role } = body;
      const expiry = body.expiresAt === undefined ? {} : { expiresAt: futureTime(body.expiresAt) };
      const { key, audited } = await apiKeys.create({ name, role, createdBy, ...expiry }, record);
      log.info({ by: createdBy, keyId: key.keyId, role: key.role }, 'an API key was made');
      return { status: 201, body: key, audited };
    },
    async deleteApiKey({ params, audit: { record }, ...call }) {
      const audited = await apiKeys.remove(params.keyId, record);
      log.info({ by: callerIn(call).name, keyId: params.keyId }, 'an API key was revoked');
      return { status: 204, body: null, audited };
    },
  };
}

/** Nobody gives away more rights than they have. Throws `API_MORE_RIGHTS`. */
function allowRole({ role: own }: Caller, role: Role): void {
  if (!covers(own, role)) throw new FlowError('API_MORE_RIGHTS', { details: { role, own } });
}

function futureTime(text: string): Date {
  const time = new Date(text);
  if (time.getTime() > Date.now()) return time;
  throw new FlowError('API_BAD_REQUEST', { details: { path: 'field "expiresAt"', reason: 'must lie in the future' } });
}

function ownAccount(): FlowError {
  const reason = 'is your own account; change your password on your account page';
  return new FlowError('API_BAD_REQUEST', { details: { path: 'path parameter "userId"', reason } });
}
