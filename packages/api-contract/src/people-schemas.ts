import Type, { type Static } from 'typebox';
import { EnvName, literals, page, Timestamp, User } from './schemas.ts';

export const MIN_PASSWORD_LENGTH = 12;
export const MAX_PASSWORD_LENGTH = 256;
export const NewPassword = Type.String({ minLength: MIN_PASSWORD_LENGTH, maxLength: MAX_PASSWORD_LENGTH });
export const PersonName = Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' });
export const Email = Type.String({ format: 'email', maxLength: 320 });

/** What the designer can be read in. */
export const DESIGNER_LANGUAGES = ['en', 'de'] as const;
export const COLOR_SCHEMES = ['auto', 'light', 'dark'] as const;

/** How the designer looks to a person, on whatever machine they sign in; what was never chosen is `null`: the browser then decides. */
export const Preferences = Type.Object({
  language: Type.Union([literals(DESIGNER_LANGUAGES), Type.Null()]),
  colorScheme: Type.Union([literals(COLOR_SCHEMES), Type.Null()]),
  tourSeen: Type.Boolean({ description: 'The tour of a first visit was taken or turned down' }),
});
export type Preferences = Static<typeof Preferences>;

/** A one-time link by which a person sets the own password; shown once, to the admin who made it. */
export const PasswordLink = Type.Object({
  user: User,
  url: Type.String({
    description: 'What to send to the person, at the address by which this was asked for; what follows # is the secret',
  }),
  path: Type.String({ description: 'The same without scheme and host, where people have another address' }),
  expiresAt: Timestamp,
});
export type PasswordLink = Static<typeof PasswordLink>;

export const LinkToken = Type.String({ minLength: 20, maxLength: 100, description: 'What follows # in the link' });

/** Whom a link is for. */
export const LinkOwner = Type.Object({
  email: Type.String(),
  name: Type.String(),
  purpose: literals(['invite', 'reset']),
  expiresAt: Timestamp,
});
export type LinkOwner = Static<typeof LinkOwner>;

/** Where someone is signed in. */
export const Session = Type.Object({
  sessionId: Type.String(),
  address: Type.Union([Type.String(), Type.Null()]),
  userAgent: Type.Union([Type.String(), Type.Null()]),
  createdAt: Timestamp,
  lastSeenAt: Timestamp,
  current: Type.Boolean({ description: 'The session that asks' }),
});
export type Session = Static<typeof Session>;
export const SessionPage = page(Session);

export const AUDIT_ACTOR_KINDS = ['person', 'api-key', 'system', 'nobody'] as const;

const auditRow = {
  number: Type.Integer({ description: 'Counts up' }),
  at: Timestamp,
  by: Type.Object({
    kind: literals(AUDIT_ACTOR_KINDS),
    id: Type.Union([Type.String(), Type.Null()]),
    name: Type.String({ description: 'E-mail of a person, name of a key' }),
  }),
  action: Type.String({ description: 'Kind of thing, and what was done: `flow.deployed`' }),
  thing: Type.String({ description: 'Id of what was changed' }),
  thingName: Type.Union([Type.String(), Type.Null()], {
    description: 'What people called it, where the id does not say',
  }),
  env: Type.Union([EnvName, Type.Null()]),
  reason: Type.Union([Type.String(), Type.Null()], {
    description: 'Why, where one was asked for: of who revealed masked values',
  }),
  address: Type.Union([Type.String(), Type.Null()]),
  userAgent: Type.Union([Type.String(), Type.Null()]),
};
export const AuditRow = Type.Object(auditRow);
export type AuditRow = Static<typeof AuditRow>;
export const AuditPage = page(AuditRow);

/** With what differs; secrets are dots. */
export const AuditDetail = Type.Object({
  ...auditRow,
  before: Type.Optional(Type.Unknown()),
  after: Type.Optional(Type.Unknown()),
});
export type AuditDetail = Static<typeof AuditDetail>;

export const auditFilter = {
  who: Type.Optional(Type.String({ maxLength: 320, description: 'Part of the name of who did it' })),
  action: Type.Optional(
    Type.String({ maxLength: 100, description: 'An action (`flow.deployed`), or a kind of thing (`flow`)' }),
  ),
  thing: Type.Optional(Type.String({ maxLength: 500, description: 'Part of the id or name of what was changed' })),
  env: Type.Optional(EnvName),
  from: Type.Optional(Timestamp),
  to: Type.Optional(Timestamp),
};
