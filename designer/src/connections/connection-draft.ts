import type { Connection } from '@crossdock/api-contract';
import { type ConnectionManifest, credentialFields, filledSettings, hostsOf } from '@crossdock/connector-sdk';
import { type Issue, type SecretKind, schemaProblems } from '@crossdock/flow-model';

/** What is entered in the form of a connection. */
export interface ConnectionDraft {
  readonly settings: Readonly<Record<string, unknown>>;
  /** Only those that are entered, or null where one is to go. */
  readonly credentials: Readonly<Record<string, string | null>>;
}

/** A credential field as the form shows it. */
export interface CredentialRow {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly isNeeded: boolean;
  /** How it may be made here, where it is ours to choose. */
  readonly kinds: readonly SecretKind[];
  /** `kept`: set and left alone; `entered`: a value is typed; `empty`: none is there; `removed`: goes when saved. */
  readonly state: 'kept' | 'entered' | 'empty' | 'removed';
  readonly changedAt: string | null;
  readonly changedBy: string | null;
  readonly problem: string | undefined;
}

/** Hosts of the settings that the saved connection does not call: its credentials have to be entered again. */
export function addedHosts(
  manifest: ConnectionManifest,
  draft: ConnectionDraft,
  saved: Connection | undefined,
): string[] {
  if (!saved || !Object.values(saved.credentials).some(({ isSet }) => isSet)) return [];
  return hostsOf(manifest, filledSettings(manifest, draft.settings)).filter((host) => !saved.hosts.includes(host));
}

/** The credentials that the settings use, each with what becomes of it. */
export function credentialRows(
  manifest: ConnectionManifest,
  draft: ConnectionDraft,
  saved: Connection | undefined,
): CredentialRow[] {
  const isMoved = addedHosts(manifest, draft, saved).length > 0;
  return credentialFields(manifest, draft.settings).map(({ name, field, isNeeded }) => {
    const { isSet = false, changedAt = null, changedBy = null } = saved?.credentials[name] ?? {};
    const entered = draft.credentials[name];
    const state =
      entered === null ? 'removed' : entered !== undefined ? 'entered' : isSet && !isMoved ? 'kept' : 'empty';
    const [problem] = typeof entered === 'string' && entered !== '' ? schemaProblems(entered, field) : [];
    return {
      ...{ name, isNeeded, state, changedAt, changedBy },
      title: field.title ?? name,
      description: field.description ?? '',
      kinds: field['x-generate'] ?? [],
      problem: problem && (field['x-pattern-reason'] ?? problem.reason),
    };
  });
}

/** What is wrong with the settings, by field, as the form shows it. */
export function settingIssues(manifest: ConnectionManifest, settings: Readonly<Record<string, unknown>>): Issue[] {
  return schemaProblems(settings, manifest.settings).map(({ keys, reason }) => ({
    code: 'API_BAD_REQUEST',
    severity: 'error',
    path: `/settings/${keys.join('/')}`,
    message: sentenceOf(reason),
  }));
}

/** The settings that a copy begins with: without the day on which the credentials expire, as no credential goes along. */
export function copiedSettings(
  { expiry }: Pick<ConnectionManifest, 'expiry'>,
  settings: Connection['settings'],
): Connection['settings'] {
  return Object.fromEntries(Object.entries(settings).filter(([name]) => name !== expiry));
}

/** Of what was entered for other types, by field, what this type has a field for and takes. */
export function carriedSettings(
  manifest: Pick<ConnectionManifest, 'settings'>,
  entered: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const { properties } = manifest.settings;
  return Object.fromEntries(
    Object.entries(entered).filter(([name, value]) => {
      const field = Object.hasOwn(properties, name) ? properties[name] : undefined;
      return field !== undefined && schemaProblems(value, field).length === 0;
    }),
  );
}

/** The credentials to send: those entered, and null for those to go. A field that was opened and left empty stays as it is. */
export function sentCredentials(manifest: ConnectionManifest, draft: ConnectionDraft): Record<string, string | null> {
  const used = new Set(credentialFields(manifest, draft.settings).map(({ name }) => name));
  return Object.fromEntries(
    Object.entries(draft.credentials).filter(([name, value]) => used.has(name) && value !== ''),
  );
}

/** Whether saving would change anything. */
export function isChanged(manifest: ConnectionManifest, draft: ConnectionDraft, saved: Connection): boolean {
  return (
    JSON.stringify(sorted(draft.settings)) !== JSON.stringify(sorted(saved.settings)) ||
    Object.keys(sentCredentials(manifest, draft)).length > 0
  );
}

/** Whether anything is entered for a new connection that began with the settings `start`. */
export function isBegun(
  manifest: ConnectionManifest,
  draft: ConnectionDraft,
  start: Readonly<Record<string, unknown>> = {},
): boolean {
  return (
    JSON.stringify(sorted(filledSettings(manifest, draft.settings))) !==
      JSON.stringify(sorted(filledSettings(manifest, start))) ||
    Object.keys(sentCredentials(manifest, draft)).length > 0
  );
}

/** Whether a credential was entered after the last check: what that said is of another one. */
export function isUnchecked({ credentials }: Connection, lastCheck: Connection['lastCheck']): boolean {
  const checkedAt = lastCheck ? Date.parse(lastCheck.at) : 0;
  return Object.values(credentials).some(
    ({ isSet, changedAt }) => isSet && changedAt !== null && Date.parse(changedAt) > checkedAt,
  );
}

/** Needed credentials that neither are set nor entered. */
export function missingCredentials(rows: readonly CredentialRow[], draft: ConnectionDraft): CredentialRow[] {
  return rows.filter(
    ({ name, isNeeded, state }) =>
      isNeeded && (state === 'empty' || state === 'removed' || (state === 'entered' && draft.credentials[name] === '')),
  );
}

const sorted = (settings: Readonly<Record<string, unknown>>) =>
  Object.entries(settings).sort(([a], [b]) => (a < b ? -1 : 1));
const sentenceOf = (reason: string): string => `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`;
