import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { FlowError } from '@crossdock/errors';
import { JetStreamApiError, type StreamConfig } from '@nats-io/jetstream';
import { API_CODES, apiCode, busError } from './bus-errors.ts';
import type { Link } from './link.ts';
import type { StreamSpec } from './streams.ts';

/** Older servers lack what the design stands on: schedules with ADR-51's 2.14 headers. */
const OLDEST_SERVER = '2.14.0';
/** Older servers have known defects near our paths. */
const SOUND_SERVER = '2.14.4';

/** The version of a nats-server. */
export interface ServerVersion {
  readonly version: string;
  /** The oldest version to be preferred, where this one is older and has known defects. */
  readonly preferred?: string;
}

/** Looks at what a server says of itself. Throws `CONFIG_INVALID` below 2.14.0, naming the version. */
export function checkServerVersion(version: string): ServerVersion {
  if (isOlder(version, OLDEST_SERVER))
    throw new FlowError('CONFIG_INVALID', {
      details: { what: 'the NATS server', reason: `version ${version} is older than ${OLDEST_SERVER}` },
    });
  return isOlder(version, SOUND_SERVER) ? { version, preferred: SOUND_SERVER } : { version };
}

/** A busy cluster may need longer for a replicated stream than one request may take. */
const SET_UP_TIMEOUT_MS = 20_000;
const RETRY_DELAY_MS = 200;

export interface SetUpOptions {
  /** Sizes that streams have already stay: nobody chose them here, and another start may have. */
  keepSizes: boolean;
}

/** Creates the streams that are missing and updates those that differ in what the spec names. Tries again for 20 s while nothing is refused. */
export async function setUpStreams(link: Link, specs: readonly StreamSpec[], options: SetUpOptions): Promise<void> {
  await Promise.all(specs.map((spec) => setUpStream(link, spec, options)));
}

async function setUpStream(link: Link, spec: StreamSpec, options: SetUpOptions): Promise<void> {
  const deadline = Date.now() + SET_UP_TIMEOUT_MS;
  for (;;) {
    try {
      return await settle(link, spec, options);
    } catch (cause) {
      if (mayPass(cause) && Date.now() < deadline) {
        await sleep(RETRY_DELAY_MS);
        continue;
      }
      throw new FlowError(busError(cause).code, {
        message: `setting up stream "${spec.name}": ${cause instanceof Error ? cause.message : cause}`,
        cause,
      });
    }
  }
}

/** No answer in time, or a cluster that has no leader or too few nodes for the moment. */
function mayPass(error: unknown): boolean {
  return !(error instanceof JetStreamApiError) || error.status === 503 || error.code === API_CODES.noPeers;
}

async function settle({ jsm, log }: Link, spec: StreamSpec, { keepSizes }: SetUpOptions): Promise<void> {
  const existing = await jsm.streams.info(spec.name).catch((error: unknown) => {
    if (apiCode(error) === API_CODES.streamNotFound) return undefined;
    throw error;
  });
  if (existing === undefined) {
    await jsm.streams.add(spec);
    return;
  }
  const { max_bytes: chosen, ...rest } = spec;
  const changes = differences(
    existing.config,
    keepSizes || chosen === undefined ? rest : { ...rest, max_bytes: chosen },
  );
  if (Object.keys(changes).length === 0) return;
  log.info({ stream: spec.name, changes }, 'a stream takes new settings');
  await jsm.streams.update(spec.name, { ...existing.config, ...changes });
}

/** Fixed when a stream is made; the server refuses to change them. */
const IMMUTABLE = new Set<string>(['name', 'storage', 'retention', 'persist_mode', 'deny_delete']);

/** Copies are added, never taken away: a worker that was started without the setting would undo it for the whole installation. */
function differences(config: StreamConfig, spec: StreamSpec): Partial<StreamConfig> {
  const current: Record<string, unknown> = { ...config };
  const copies = Math.max(config.num_replicas, spec.num_replicas ?? 1);
  const wanted = { ...spec, num_replicas: copies };
  return Object.fromEntries(
    Object.entries(wanted).filter(([key, value]) => !IMMUTABLE.has(key) && !isDeepStrictEqual(current[key], value)),
  );
}

function isOlder(version: string, than: string): boolean {
  const numbers = (text: string): number[] => (text.split('-')[0] ?? '').split('.').map(Number);
  const [a, b] = [numbers(version), numbers(than)];
  for (let at = 0; at < 3; at++) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return version.includes('-');
}
