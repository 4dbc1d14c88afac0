import { HOOK_SECRET } from '@crossdock/connectors/manifests';
import { createVerifier, type Verifier } from '@crossdock/signatures';
import type { HookAuthentication } from './hook-settings.ts';

/** Where the secrets of hooks rest, by environment and name. */
export interface HookSecrets {
  find(env: string, name: string): { readonly id: string; readonly version: number } | undefined;
  /** Throws `CONFIG_…` where there is none, or none of these types, or it does not open. */
  open(
    env: string,
    name: string,
    types: readonly string[],
  ): Promise<{
    readonly settings: Readonly<Record<string, unknown>>;
    readonly credentials: Readonly<Record<string, string>>;
  }>;
}

/** Gives the verifier of a hook, made anew when its connection changes. Throws `CONFIG_…` while it cannot be made. */
export function hookVerifier(
  secrets: HookSecrets,
  env: string,
  { connection, ...authentication }: HookAuthentication,
): () => Verifier | Promise<Verifier> {
  let made: { id: string; version: number; verifier: Verifier } | undefined;
  return () => {
    const found = secrets.find(env, connection);
    if (made && found?.id === made.id && found.version === made.version) return made.verifier;
    return make(found);
  };

  async function make(found: { id: string; version: number } | undefined): Promise<Verifier> {
    const { settings, credentials } = await secrets.open(env, connection, [HOOK_SECRET]);
    const given = [credentials.secret, credentials.previousSecret].filter((secret) => secret !== undefined);
    const username = settings.user === undefined ? {} : { username: String(settings.user) };
    const verifier = createVerifier({ ...authentication, ...username, secrets: given });
    if (found) made = { id: found.id, version: found.version, verifier };
    return verifier;
  }
}
