import type { ConfigField } from '@crossdock/flow-model';
import type { ConnectionManifest } from './define-connection-type.ts';

/** The settings with the defaults of their type. */
export function filledSettings(
  { settings: schema }: Pick<ConnectionManifest, 'settings'>,
  settings: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const defaults = Object.entries(schema.properties).flatMap(([name, { default: value }]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return { ...Object.fromEntries(defaults), ...settings };
}

/** Credential fields that such settings use: those with `x-when` are needed, the others may be set. */
export function credentialFields(
  manifest: Pick<ConnectionManifest, 'settings' | 'credentials'>,
  settings: Readonly<Record<string, unknown>>,
): { name: string; field: ConfigField; isNeeded: boolean }[] {
  const filled = filledSettings(manifest, settings);
  return Object.entries(manifest.credentials.properties).flatMap(([name, field]) => {
    const when = field['x-when'];
    if (when && !when.is.includes(filled[when.field])) return [];
    return [{ name, field, isNeeded: when !== undefined }];
  });
}
