import type { ApiOptions } from './api.ts';
import { callerIn } from './caller-in.ts';
import type { Handlers } from './mount.ts';
import { cursorOf, DEFAULT_LIMIT, pageOf, readCursor } from './paging.ts';

type PeopleRoutes =
  | 'listUsers'
  | 'createUser'
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
      const { user, audited } = await people.create(body, record);
      log.info({ by: callerIn(call).name, userId: user.userId, role: user.role }, 'a person was added');
      return { status: 201, body: user, audited };
    },
    async updateUser({ params, body, audit: { record }, ...call }) {
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
      const createdBy = callerIn(call).name;
      const { key, audited } = await apiKeys.create({ ...body, createdBy }, record);
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
