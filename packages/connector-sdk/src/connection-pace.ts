import type { RateLimit } from '@crossdock/flow-model';
import type { ConnectionManifest } from './define-connection-type.ts';

/** How much a system may be asked to do when nobody has said: it depends on where it runs. */
export interface PaceSource {
  /** Settings field with calls in a second. */
  readonly perSecond: string;
  /** Settings field with calls at once, of one process. */
  readonly atOnce: string;
  /** Settings field with the address. */
  readonly url: string;
  /** By the end of the host's name; `''` is every host. The first that fits counts. */
  readonly defaults: readonly { readonly host: string; readonly perSecond: number; readonly atOnce: number }[];
  /** Calls that an attempt at a node makes, about. */
  readonly callsPerAttempt: number;
}

/** Calls in a second and at once. */
export interface Pace {
  readonly perSecond: number;
  readonly atOnce: number;
}

/** The pace of a connection; undefined for a type that has none. */
export function paceOf(
  { pace }: Pick<ConnectionManifest, 'pace'>,
  settings: Readonly<Record<string, unknown>>,
): Pace | undefined {
  if (pace === undefined) return undefined;
  const url = settings[pace.url];
  const host = typeof url === 'string' && URL.canParse(url) ? new URL(url).hostname : '';
  const found = pace.defaults.find((one) => host.endsWith(one.host));
  if (found === undefined) return undefined;
  const set = (name: string, otherwise: number) => (typeof settings[name] === 'number' ? settings[name] : otherwise);
  return { perSecond: set(pace.perSecond, found.perSecond), atOnce: set(pace.atOnce, found.atOnce) };
}

/** The pace as a limit on attempts at nodes, so that all processes together keep about to it; undefined for a type that has none. */
export function attemptLimitOf(
  manifest: Pick<ConnectionManifest, 'pace'>,
  settings: Readonly<Record<string, unknown>>,
): RateLimit | undefined {
  const pace = paceOf(manifest, settings);
  if (pace === undefined || manifest.pace === undefined) return undefined;
  const limit = Math.ceil(pace.perSecond);
  return { limit, periodMs: Math.round((1000 * manifest.pace.callsPerAttempt * limit) / pace.perSecond) };
}
