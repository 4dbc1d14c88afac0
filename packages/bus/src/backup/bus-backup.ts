import { FlowError } from '@crossdock/errors';
import { API_CODES, apiCode } from '../bus-errors.ts';
import type { Link } from '../link.ts';
import { setUpStreams } from '../set-up.ts';
import { DEFAULT_STORE_LIMITS, STREAMS, type StreamSpec, streamSpecs } from '../streams.ts';
import { type ConsumerPosition, readPositions, restorePosition } from './positions.ts';
import { readMessages, readQueued, readSnapshot, type StreamSnapshot } from './read-stream.ts';
import { restoreLines, restoreSnapshot, type StreamRestore } from './restore-stream.ts';
import { piecesOf } from './stored-line.ts';
import { wakeRestored } from './wake-up.ts';
import { type BackupWay, backupWay, inBackupOrder } from './ways.ts';

/** A stream in a backup. */
export interface StreamPart {
  stream: string;
  way: BackupWay;
  /** Of a log. */
  about?: StreamSnapshot['about'];
}

/** The bus side of a backup: first `positions`, then the database, then `streams` to the end. See `backup/ways.ts` for why that is one moment. */
export interface BusBackup {
  positions(): Promise<ConsumerPosition[]>;
  streams(): AsyncGenerator<{ part: StreamPart; pieces: AsyncIterable<Uint8Array> }>;
}

/** The bus side of a restore, into a NATS that has none of our streams. */
export interface BusRestore {
  /** Throws `CONFIG_INVALID` when one of the streams is there. */
  requireEmpty(): Promise<void>;
  begin(part: StreamPart): Promise<StreamRestore>;
  /** After all streams: consumers go on where they were. */
  finish(positions: readonly ConsumerPosition[]): Promise<void>;
}

export function createBusBackup(link: Link): BusBackup {
  const specs = inBackupOrder(streamSpecs(DEFAULT_STORE_LIMITS, 1));
  return {
    positions: () => readPositions(link, specs),
    async *streams() {
      for (const spec of specs) {
        const way = backupWay(spec);
        const stream = spec.name;
        if (way === 'none') continue;
        if (way === 'log') {
          const { about, pieces } = await readSnapshot(link, stream);
          yield { part: { stream, way, about }, pieces };
        } else {
          const lines = way === 'records' ? readMessages(link, stream) : readQueued(link, stream, 'run.q.>');
          yield { part: { stream, way }, pieces: piecesOf(lines) };
        }
      }
    },
  };
}

export function createBusRestore(link: Link, replicas: number): BusRestore {
  const specs = streamSpecs(DEFAULT_STORE_LIMITS, replicas);
  return {
    async requireEmpty() {
      for (const { name } of specs) if (await exists(link, name)) throw notEmpty(name);
    },
    async begin({ stream, way, about }) {
      if (way === 'log') {
        if (about === undefined) throw new Error(`restoring "${stream}": the backup says nothing of its settings`);
        return restoreSnapshot(link, stream, about, replicas);
      }
      const spec = specs.find(({ name }) => name === stream);
      if (spec === undefined) throw new Error(`restoring "${stream}": this version does not know the stream`);
      await setUpStreams(link, needed(spec, specs), { keepSizes: true });
      return restoreLines(link, async (line) => {
        if (stream === STREAMS.journal) await wakeRestored(link, line);
      });
    },
    async finish(positions) {
      await setUpStreams(link, specs, { keepSizes: true });
      for (const position of positions) await restorePosition(link, position);
    },
  };
}

/** Wake-ups of the journal's executions stand on `RUN`. */
function needed(spec: StreamSpec, specs: readonly StreamSpec[]): StreamSpec[] {
  return spec.name === STREAMS.journal ? [spec, ...specs.filter(({ name }) => name === STREAMS.run)] : [spec];
}

async function exists({ jsm }: Link, stream: string): Promise<boolean> {
  try {
    await jsm.streams.info(stream);
    return true;
  } catch (error) {
    if (apiCode(error) === API_CODES.streamNotFound) return false;
    throw error;
  }
}

function notEmpty(stream: string): FlowError {
  const reason = `it has the stream "${stream}"; a restore goes into an empty one only`;
  return new FlowError('CONFIG_INVALID', { details: { what: 'the NATS to restore into', reason } });
}
