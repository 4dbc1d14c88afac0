import { type ConnectionManifest, credentialFields, filledSettings } from '@crossdock/connector-sdk';
import { connectionTypes, connectionTypesByName } from '@crossdock/connectors/manifests';
import { FlowError } from '@crossdock/errors';
import { fieldName, schemaProblems } from '@crossdock/flow-model';

/** The manifest of a connection type. Throws `API_BAD_REQUEST` that lists those there are. */
export function connectionTypeOf(type: string): ConnectionManifest {
  const manifest = connectionTypesByName.get(type);
  if (manifest) return manifest;
  throw wrong('type', `is "${type}", and must be one of ${connectionTypes.map((known) => known.type).join(', ')}`);
}

/** Throws `API_BAD_REQUEST` with the first setting that the type does not take. */
export function checkSettings(manifest: ConnectionManifest, settings: Readonly<Record<string, unknown>>): void {
  const [problem] = schemaProblems(settings, manifest.settings);
  if (problem) throw wrong(fieldName(['settings', ...problem.keys]), problem.reason);
  if (manifest.expiry === undefined) return;
  const day = settings[manifest.expiry];
  if (day !== undefined && expiryOf(manifest, settings) === null)
    throw wrong(`settings.${manifest.expiry}`, `is "${day}", which is no day of the calendar`);
}

/** Throws `API_BAD_REQUEST` for a credential that such settings do not use, or that is not as its type wants it; never quotes a value. */
export function checkCredentials(
  manifest: ConnectionManifest,
  settings: Readonly<Record<string, unknown>>,
  credentials: Readonly<Record<string, string | null>>,
): void {
  const used = new Map(credentialFields(manifest, settings).map(({ name, field }) => [name, field]));
  for (const [name, value] of Object.entries(credentials)) {
    const field = used.get(name);
    if (!field) {
      const mode = modeOf(manifest, settings);
      const takes = used.size === 0 ? 'none' : [...used.keys()].join(', ');
      throw wrong(`credentials.${name}`, `is not used${mode}; used: ${takes}`);
    }
    if (value === null) continue;
    const [problem] = schemaProblems(value, field);
    if (problem) throw wrong(`credentials.${name}`, field['x-pattern-reason'] ?? problem.reason);
  }
}

/** Throws `API_BAD_REQUEST` with the first credential that such settings need and that is not among those there will be. */
export function checkNeeded(
  manifest: ConnectionManifest,
  settings: Readonly<Record<string, unknown>>,
  credentials: Readonly<Record<string, string>>,
): void {
  const missing = credentialFields(manifest, settings).find(({ name, isNeeded }) => isNeeded && !credentials[name]);
  if (!missing) return;
  throw wrong(`credentials/${missing.name}`, `is missing: it is needed${modeOf(manifest, settings)}`);
}

/** ` with auth "bearer"`: the setting that decides which credentials are used. */
function modeOf(manifest: ConnectionManifest, settings: Readonly<Record<string, unknown>>): string {
  const { mode } = manifest;
  return mode === undefined ? '' : ` with ${mode} "${filledSettings(manifest, settings)[mode]}"`;
}

/** When the credentials end, by the settings: the beginning of that day, UTC. */
export function expiryOf(
  { expiry }: Pick<ConnectionManifest, 'expiry'>,
  settings: Readonly<Record<string, unknown>>,
): Date | null {
  const day = expiry === undefined ? undefined : settings[expiry];
  if (typeof day !== 'string') return null;
  const at = new Date(`${day}T00:00:00.000Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day) ? at : null;
}

/** A field of a request that is wrong, and why. */
export function wrong(path: string, reason: string): FlowError {
  return new FlowError('API_BAD_REQUEST', { details: { path: `field "${path}"`, reason } });
}
