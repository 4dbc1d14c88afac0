import { readFile } from 'node:fs/promises';
import type { CancelPort, EventPort } from '@crossdock/engine';
import { FlowError } from '@crossdock/errors';
import { credsAuthenticator } from '@nats-io/nats-core';
import { createBusBackup } from './backup/bus-backup.ts';
import { type BlobCipher, NO_CIPHER, openBlobs } from './blobs.ts';
import type { Bus } from './bus.ts';
import { busError } from './bus-errors.ts';
import { type BusLog, NO_LOG } from './bus-log.ts';
import { openCancels } from './cancels.ts';
import { createCommands } from './commands.ts';
import { createEventFeed } from './event-feed.ts';
import { createEventReaders } from './event-readers.ts';
import { createEvents } from './events.ts';
import { createExecutionReader } from './execution-reader.ts';
import { type Guards, openGuards } from './guards.ts';
import { createBusHealth } from './health.ts';
import { createInbound } from './inbound.ts';
import { type Link, openLink } from './link.ts';
import { createPositions } from './positions.ts';
import { createRecordFeed } from './record-feed.ts';
import { createRefusals } from './refusals.ts';
import { openRegistry } from './registry.ts';
import { createReplyInbox } from './replies.ts';
import { checkServerVersion, setUpStreams } from './set-up.ts';
import { DEFAULT_STORE_LIMITS, type StoreLimits, streamSpecs } from './streams.ts';
import { createTicks } from './ticks.ts';
import { createTriggerStore } from './trigger-store.ts';
import { createXrefFeed } from './xref/xref-feed.ts';
import { createXrefs } from './xref/xrefs.ts';

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
  /** What blobs rest in; without it they rest in clear. */
  blobs?: BlobCipher;
  /** Sizes of the stores in bytes, where the defaults do not fit; left out, those that exist keep theirs. */
  limits?: Partial<StoreLimits>;
  /** Milliseconds since 1970; for tests of the 24 h rule. */
  now?: () => number;
}

/** What a bus stands on, for the worker's side of it. */
export interface BusParts {
  link: Link;
  limits: StoreLimits;
  cancels: CancelPort;
  guards: Guards;
  events: EventPort;
}

const partsByBus = new WeakMap<Bus, BusParts>();

/**
 * Connects to NATS and sees that every stream and bucket exists as it should. Throws `SYSTEM_BUS_UNAVAILABLE`, `SYSTEM_BUS_FULL` (no room to
 * reserve) or `CONFIG_INVALID` (the server is too old, the credentials cannot be read).
 */
export async function connectBus(options: BusOptions): Promise<Bus> {
  const link = await openBusLink(options);
  try {
    const server = checkServerVersion(link.nc.info?.version ?? '0.0.0');
    const limits = { ...DEFAULT_STORE_LIMITS, ...options.limits };
    const keepSizes = options.limits === undefined;
    await setUpStreams(link, streamSpecs(limits, options.replicas), { keepSizes });
    return await assemble(link, limits, { ...options, server });
  } catch (error) {
    await link.nc.close();
    throw busError(error);
  }
}

/** A connection as `options` say, and nothing more. Throws as `connectBus` does. */
export async function openBusLink(options: BusOptions): Promise<Link> {
  const log = options.log ?? NO_LOG;
  const servers = typeof options.servers === 'string' ? options.servers.split(',') : options.servers;
  return openLink(
    {
      servers: servers.map((server) => server.trim()).filter((server) => server !== ''),
      name: options.name,
      ...(options.user === undefined ? {} : { user: options.user, pass: options.pass ?? '' }),
      ...(options.token === undefined ? {} : { token: options.token }),
      ...(options.creds === undefined ? {} : { authenticator: credsAuthenticator(await readCreds(options.creds)) }),
    },
    log,
  );
}

/** The parts that this bus was made of. */
export function partsOf(bus: Bus): BusParts {
  const parts = partsByBus.get(bus);
  if (parts === undefined) throw new TypeError('this bus does not come from connectBus');
  return parts;
}

async function assemble(
  link: Link,
  limits: StoreLimits,
  { now = Date.now, blobs: cipher = NO_CIPHER, server }: Pick<BusOptions, 'now' | 'blobs'> & Pick<Bus, 'server'>,
): Promise<Bus> {
  const [blobs, registry, cancels, guards] = await Promise.all([
    openBlobs(link, cipher),
    openRegistry(link),
    openCancels(link),
    openGuards(link),
  ]);
  const inbox = createReplyInbox(link);
  const events = createEvents(link);
  const bus: Bus = {
    server,
    blobs,
    registry,
    cancels,
    events,
    executions: createExecutionReader(link, blobs),
    triggers: createTriggerStore({ link, blobs, inbox, now }),
    feed: createRecordFeed(link),
    eventFeed: createEventFeed(link),
    eventReaders: createEventReaders(link),
    xrefs: createXrefs(link, now),
    xrefFeed: createXrefFeed(link),
    refusals: createRefusals(link),
    commands: createCommands(link),
    ticks: createTicks(link),
    positions: createPositions(link),
    inbound: createInbound(link),
    backup: createBusBackup(link),
    health: createBusHealth(link, guards, limits),
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
      for (const watch of [registry, cancels, guards, inbox]) watch.close();
      if (link.nc.isClosed()) return;
      if (link.isConnected()) await link.nc.flush().catch(() => undefined);
      await link.nc.close();
    },
  };
  partsByBus.set(bus, { link, limits, cancels, guards, events });
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
