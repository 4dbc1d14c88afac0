import { hkdfSync } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH, type Role } from '@crossdock/api-contract';
import { FlowError } from '@crossdock/errors';
import { betterAuth } from 'better-auth';
import { APIError } from 'better-auth/api';
import { fromNodeHeaders } from 'better-auth/node';
import type { RecordChange, Recorded } from '../audit/index.ts';
import type { Logger } from '../log.ts';
import type { Database } from '../store/index.ts';
import { type ApiKeys, createApiKeys } from './api-keys.ts';
import type { Caller } from './caller.ts';
import { createPasswordLinks, type PasswordLinks } from './password-links.ts';
import { passwordHashOf, setPassword } from './passwords.ts';
import { createPeople, type People } from './people.ts';
import { createPreferences, type PreferencesOfPeople } from './preferences.ts';
import { refuseCrossSite } from './same-origin.ts';
import { createSessions, type SessionOrigin, type Sessions } from './sessions.ts';
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
  readonly sessions: Sessions;
  readonly passwordLinks: PasswordLinks;
  readonly preferences: PreferencesOfPeople;
  /**
   * Who makes the request; undefined when nobody known does. Throws `API_CROSS_SITE` for a change that another site sends along with the
   * browser's cookie, and `API_KEY_EXPIRED`.
   */
  authenticate(request: IncomingMessage): Promise<Caller | undefined>;
  /**
   * Checks e-mail and password and opens a session. `cookies` are `Set-Cookie` values. Throws `API_SIGN_IN_FAILED` (the same for an unknown
   * e-mail), `API_ACCOUNT_DISABLED` (to who knows the password), `API_RATE_LIMITED` or `API_CROSS_SITE`.
   */
  signIn(
    credentials: { email: string; password: string },
    from: { request: IncomingMessage; address: string },
  ): Promise<{ caller: Caller; cookies: string[] }>;
  /**
   * Changes a person's password; all their sessions but this one end. Throws `API_PASSWORD_WRONG` and, for guessing, `API_RATE_LIMITED`.
   */
  changePassword(
    person: Caller,
    change: { current: string; new: string },
    from: { address: string; record: RecordChange },
  ): Promise<Recorded>;
  /** Ends the session; gives the `Set-Cookie` values that take the cookie away. */
  signOut(request: IncomingMessage): Promise<string[]>;
}

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
      maxPasswordLength: MAX_PASSWORD_LENGTH,
    },
    user: {
      additionalFields: {
        role: { type: 'string', required: true, input: false },
        disabled: { type: 'boolean', required: false, input: false },
      },
    },
    session: { expiresIn: SESSION_S, updateAge: SESSION_S / 7, cookieCache: { enabled: false } },
    advanced: { cookiePrefix: 'crossdock', useSecureCookies: new URL(baseUrl).protocol === 'https:' },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { log: (level, message) => log[level]({ part: 'sign-in' }, message) },
  });
  const context = await better.$context;
  const apiKeys = createApiKeys(db, log);
  const sessions = createSessions(db);
  const throttle = new SignInThrottle();

  return {
    apiKeys,
    sessions,
    people: createPeople(db, context.password.hash),
    passwordLinks: createPasswordLinks(db, context.password.hash),
    preferences: createPreferences(db),
    async authenticate(request) {
      const { authorization, cookie } = request.headers;
      if (authorization !== undefined) {
        const key = BEARER.exec(authorization)?.[1];
        return key === undefined ? undefined : apiKeys.verify(key);
      }
      if (cookie === undefined) return undefined;
      const session = await better.api.getSession({ headers: fromNodeHeaders(request.headers) });
      if (!session || session.user.disabled) return undefined;
      refuseCrossSite(request, 'refuse');
      // Nobody waits for it, and a request does not fail for it.
      sessions
        .touch(session.session, originOf(request))
        .catch((error) => log.warn({ err: error }, 'when a session was last seen could not be noted'));
      return { ...callerOf(session.user), sessionId: session.session.id };
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
        if (user.disabled) {
          await db.kysely.deleteFrom('session').where('token', '=', response.token).execute();
          throw new FlowError('API_ACCOUNT_DISABLED');
        }
        await sessions.begin(response.token, { ...originOf(request), address });
        return { caller: callerOf(user), cookies: headers.getSetCookie() };
      } catch (error) {
        if (error instanceof APIError && error.statusCode < 500) throw new FlowError('API_SIGN_IN_FAILED');
        throw error;
      }
    },
    async changePassword({ id: userId, email, sessionId }, change, { address, record }) {
      const throttled = email ?? userId;
      throttle.begin(throttled, address);
      const hash = await passwordHashOf(db.kysely, userId);
      const isRight = hash !== null && (await context.password.verify({ hash, password: change.current }));
      if (!isRight) throw new FlowError('API_PASSWORD_WRONG');
      throttle.succeeded(throttled, address);
      const newHash = await context.password.hash(change.new);
      return db.transaction(async (tx) => {
        await setPassword(tx, userId, newHash);
        await tx
          .deleteFrom('session')
          .where('userId', '=', userId)
          .where('id', '<>', sessionId ?? '')
          .execute();
        return record({ id: userId }, tx);
      });
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

function originOf(request: IncomingMessage): SessionOrigin {
  return { address: request.socket.remoteAddress, userAgent: request.headers['user-agent'] };
}

function callerOf(user: { id: string; name: string; email: string; role: string }): Caller {
  return { via: 'session', id: user.id, name: user.name, email: user.email, role: user.role as Role };
}
