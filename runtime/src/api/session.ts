import { environmentPermissionsOf, type Me, permissionsOf } from '@crossdock/api-contract';
import { isFlowError } from '@crossdock/errors';
import { recordAudit } from '../audit/index.ts';
import type { Caller } from '../auth/index.ts';
import type { ApiOptions } from './api.ts';
import { actorOf } from './call-audit.ts';
import { callerIn } from './caller-in.ts';
import type { Handlers } from './mount.ts';

export function sessionHandlers({ auth, db }: ApiOptions): Pick<Handlers, 'signIn' | 'signOut'> {
  return {
    async signIn({ body, request, audit }) {
      const signedIn = await auth.signIn(body, { request, address: request.ip ?? '' }).catch(async (error) => {
        if (isFlowError(error, 'API_SIGN_IN_FAILED') || isFlowError(error, 'API_ACCOUNT_DISABLED')) {
          const by = actorOf(request, undefined, body.email);
          await recordAudit(db.kysely, { by, action: 'session.refused', id: body.email, after: { code: error.code } });
        }
        throw error;
      });
      const { caller, cookies } = signedIn;
      const audited = await audit.by(caller)({ id: caller.id });
      return { status: 200, body: meOf(caller), headers: { 'set-cookie': cookies }, audited };
    },
    async signOut({ request, audit, ...call }) {
      const { via, id } = callerIn(call);
      if (via === 'api-key') return { status: 204, body: null, audited: audit.nothing() };
      const cookies = await auth.signOut(request);
      return { status: 204, body: null, headers: { 'set-cookie': cookies }, audited: await audit.record({ id }) };
    },
  };
}

/** The caller as they see themselves. */
export function meOf({ name, email, role, via }: Caller): Me {
  const permissions = [...permissionsOf(role)].sort();
  return { name, email, role, via, permissions, environmentPermissions: environmentPermissionsOf(role) };
}
