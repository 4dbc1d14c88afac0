import { type Me, permissionsOf } from '@crossdock/api-contract';
import type { Caller } from '../auth/index.ts';
import type { ApiOptions } from './api.ts';
import { callerIn } from './caller-in.ts';
import type { Handlers } from './mount.ts';

export function sessionHandlers({ auth }: ApiOptions): Pick<Handlers, 'signIn' | 'signOut' | 'me'> {
  return {
    async signIn({ body, request }) {
      const { caller, cookies } = await auth.signIn(body, { request, address: request.ip ?? '' });
      return { status: 200, body: meOf(caller), headers: { 'set-cookie': cookies } };
    },
    async signOut({ request, ...call }) {
      const cookies = callerIn(call).via === 'session' ? await auth.signOut(request) : [];
      return { status: 204, body: null, headers: { 'set-cookie': cookies } };
    },
    async me(call) {
      return { status: 200, body: meOf(callerIn(call)) };
    },
  };
}

function meOf({ name, email, role, via }: Caller): Me {
  return { name, email, role, via, permissions: [...permissionsOf(role)].sort() };
}
