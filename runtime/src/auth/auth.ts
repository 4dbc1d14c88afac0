import { hkdfSync } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Role } from '@crossdock/api-contract';
import { FlowError } from '@crossdock/errors';
import { betterAuth } from 'better-auth';
import { APIError } from 'better-auth/api';
import { fromNodeHeaders } from 'better-auth/node';
import type { Logger } from '../log.ts';
import type { Database } from '../store/index.ts';
import { type ApiKeys, createApiKeys } from './api-keys.ts';
import type { Caller } from './caller.ts';
import { createPeople, type People } from './people.ts';
import { refuseCrossSite } from './same-origin.ts';
import { SignInThrottle } from './sign-in-throttle.ts';

export interface AuthOptions {
  db: Database;
  log: Logger;
  /** The key-encryption key; the key that signs session cookies is derived from it. */
  secretKey: Uint8Array;
  /** Where the API is reached; with `https:` the cookie is `Secure`. */
  baseUrl: string;
}

/** Who may do what: people with sessions, machines with keys. */
export interface Auth {
  readonly people: People;
  readonly apiKeys: ApiKeys;
  /**
   * Who makes the request; undefined when nobody known does. Throws `API_CROSS_SITE` for a change that another site sends along with the
   * browser's cookie.
   */
  authenticate(request: IncomingMessage): Promise<Caller | undefined>;
  /**
   * Checks e-mail and password and opens a session. `cookies` are `Set-Cookie` values. Throws `API_SIGN_IN_FAILED` (the same for an unknown
   * e-mail), `API_RATE_LIMITED` or `API_CROSS_SITE`.
   */
  signIn(
    credentials: { email: string; password: string },
    from: { request: IncomingMessage; address: string },
  ): Promise<{ caller: Caller; cookies: string[] }>;
  /** Ends the session; gives the `Set-Cookie` values that take the cookie away. */
  signOut(request: IncomingMessage): Promise<string[]>;
}

export const MIN_PASSWORD_LENGTH = 12;
const SESSION_S = 7 * 24 * 3600;
const BEARER = /^Bearer +(\S+)$/i;

/** Better Auth keeps passwords and sessions; its own HTTP endpoints are not served, only our routes. */
export async function createAuth({ db, log, secretKey, baseUrl }: AuthOptions): Promise<Auth> {
  const better = betterAuth({
    appName: 'Crossdock',
    baseURL: baseUrl,
    secret: Buffer.from(hkdfSync('sha256', secretKey, new Uint8Array(0), 'crossdock/session', 32)).toString('base64'),
    database: { db: db.kysely, type: 'postgres', transaction: true },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: MIN_PASSWORD_LENGTH,
      maxPasswordLength: 256,
    },
    user: { additionalFields: { role: { type: 'string', required: true, input: false } } },
    session: { expiresIn: SESSION_S, updateAge: SESSION_S / 7, cookieCache: { enabled: false } },
    advanced: { cookiePrefix: 'crossdock', useSecureCookies: new URL(baseUrl).protocol === 'https:' },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { log: (level, message) => log[level]({ part: 'sign-in' }, message) },
  });
  const context = await better.$context;
  const apiKeys = createApiKeys(db);
  const throttle = new SignInThrottle();

  return {
    apiKeys,
    people: createPeople(db, context.password.hash),
    async authenticate(request) {
      const { authorization, cookie } = request.headers;
      if (authorization !== undefined) {
        const key = BEARER.exec(authorization)?.[1];
        return key === undefined ? undefined : apiKeys.verify(key);
      }
      if (cookie === undefined) return undefined;
      const session = await better.api.getSession({ headers: fromNodeHeaders(request.headers) });
      if (!session) return undefined;
      refuseCrossSite(request, 'refuse');
      return callerOf(session.user);
    },
    async signIn(credentials, { request, address }) {
      refuseCrossSite(request, 'allow');
      throttle.begin(credentials.email, address);
      try {
        const { headers, response } = await better.api.signInEmail({
          body: credentials,
          headers: fromNodeHeaders(request.headers),
          returnHeaders: true,
        });
        throttle.succeeded(credentials.email, address);
        const user = await db.kysely
          .selectFrom('user')
          .selectAll()
          .where('id', '=', response.user.id)
          .executeTakeFirstOrThrow();
        return { caller: callerOf(user), cookies: headers.getSetCookie() };
      } catch (error) {
        if (error instanceof APIError && error.statusCode < 500) throw new FlowError('API_SIGN_IN_FAILED');
        throw error;
      }
    },
    async signOut(request) {
      const { headers } = await better.api.signOut({
        headers: fromNodeHeaders(request.headers),
        returnHeaders: true,
      });
      return headers.getSetCookie();
    },
  };
}

function callerOf(user: { id: string; name: string; email: string; role: string }): Caller {
  return { via: 'session', id: user.id, name: user.name, email: user.email, role: user.role as Role };
}
