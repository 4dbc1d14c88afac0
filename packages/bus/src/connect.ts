import { readFile } from 'node:fs/promises';
import { FlowError } from '@crossdock/errors';
import { credsAuthenticator } from '@nats-io/nats-core';
import { openBlobs } from './blobs.ts';
import type { Bus } from './bus.ts';
import { busError } from './bus-errors.ts';
import { type BusLog, NO_LOG } from './bus-log.ts';
import { createExecutionReader } from './execution-reader.ts';
import { type Link, openLink } from './link.ts';
import { createRecordFeed } from './record-feed.ts';
import { openRegistry } from './registry.ts';
import { createReplyInbox } from './replies.ts';
import { checkServerVersion, setUpStreams } from './set-up.ts';
import { DEFAULT_STORE_LIMITS, type StoreLimits, streamSpecs } from './streams.ts';
import { createTriggerStore } from './trigger-store.ts';

export interface BusOptions {
  /** `nats://host:port`, or a comma list of them. */
  servers: string | readonly string[];
  user?: string;
  pass?: string;
  token?: string;
  /** Path of a credentials file. */
  creds?: string;
  /** Copies of each stream and bucket: 1 on one server, 3 on a cluster. */
  replicas: number;
  /** Seen in the server's monitoring. */
  name: string;
  log?: BusLog;
  /** Sizes of the stores in bytes, where the defaults do not fit. */
  limits?: Partial<StoreLimits>;
  /** Milliseconds since 1970; for tests of the 24 h rule. */
  now?: () => number;
}

const links = new WeakMap<Bus, Link>();

/**
 * Connects to NATS and sees that every stream and bucket exists as it should. Throws `SYSTEM_BUS_UNAVAILABLE`, `SYSTEM_BUS_FULL` (no room to
 * reserve) or `CONFIG_INVALID` (the server is too old, the credentials cannot be read).
 */
export async function connectBus(options: BusOptions): Promise<Bus> {
  const log = options.log ?? NO_LOG;
  const servers = typeof options.servers === 'string' ? options.servers.split(',') : options.servers;
  const link = await openLink(
    {
      servers: servers.map((server) => server.trim()).filter((server) => server !== ''),
      name: options.name,
      ...(options.user === undefined ? {} : { user: options.user, pass: options.pass ?? '' }),
      ...(options.token === undefined ? {} : { token: options.token }),
      ...(options.creds === undefined ? {} : { authenticator: credsAuthenticator(await readCreds(options.creds)) }),
    },
    log,
  );
  try {
    checkServerVersion(link.nc.info?.version ?? '0.0.0', log);
    await setUpStreams(link, streamSpecs({ ...DEFAULT_STORE_LIMITS, ...options.limits }, options.replicas));
    return await assemble(link, options.now ?? Date.now);
  } catch (error) {
    await link.nc.close();
    throw busError(error);
  }
}

/** The connection behind a bus, for the worker's side of it. */
export function linkOf(bus: Bus): Link {
  const link = links.get(bus);
  if (link === undefined) throw new TypeError('this bus does not come from connectBus');
  return link;
}

async function assemble(link: Link, now: () => number): Promise<Bus> {
  const blobs = await openBlobs(link);
  const registry = await openRegistry(link);
  const executions = createExecutionReader(link);
  const inbox = createReplyInbox(link);
  const bus: Bus = {
    blobs,
    registry,
    executions,
    triggers: createTriggerStore({ link, blobs, inbox, now }),
    feed: createRecordFeed(link),
    async check() {
      if (!link.isConnected()) throw new FlowError('SYSTEM_BUS_UNAVAILABLE');
      try {
        await link.jsm.getAccountInfo();
        return { version: link.nc.info?.version ?? '', rttMs: await link.nc.rtt() };
      } catch (cause) {
        throw busError(cause);
      }
    },
    async close() {
      registry.close();
      inbox.close();
      if (link.nc.isClosed()) return;
      if (link.isConnected()) await link.nc.flush().catch(() => undefined);
      await link.nc.close();
    },
  };
  links.set(bus, link);
  return bus;
}

async function readCreds(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new FlowError('CONFIG_INVALID', {
      details: { what: 'the NATS credentials file', reason: `"${path}" cannot be read` },
      cause,
    });
  }
}
