import { createHash, type Hash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { ConsumerPosition } from '@crossdock/bus';
import { StartProblem } from '../process/start-problem.ts';
import { readTar, TAR_END, tarEntry } from './tar.ts';

const pack = promisify(gzip);
const unpack = promisify(gunzip);
/** Raised when an older version could not read what a newer one writes. */
const FORMAT = 1;
const ABOUT = 'about.json';
const MANIFEST = 'manifest.json';
const HEAD = 'head.json';

/** What a backup says of itself, first thing in the file. */
export interface BackupAbout {
  format: number;
  /** RFC 3339: every order accepted before is in it. */
  takenAt: string;
  /** Names of the schema's changes that the database had. */
  migrations: string[];
  /** Tells whether a key is the one that values were sealed with, and nothing of the key. */
  keyFingerprint: string | null;
  /** Whether the key itself is in the file. */
  withKey: boolean;
}

/** Where a part begins; further fields are the part's own. */
export interface PartHead {
  /** Pieces are compressed. */
  gzip: boolean;
  [field: string]: unknown;
}

interface Manifest {
  parts: Record<string, { pieces: number; bytes: number; sha256: string }>;
  positions: ConsumerPosition[];
}

/** Writes a backup: a tar file whose last entry holds the checksum of each part. */
export interface ArchiveWriter {
  add(part: string, head: PartHead, pieces: AsyncIterable<Uint8Array>): Promise<void>;
  /** Without it the file is incomplete, and no restore takes it. */
  finish(positions: ConsumerPosition[]): Promise<void>;
}

export async function createArchive(
  about: Omit<BackupAbout, 'format'>,
  write: (bytes: Uint8Array) => Promise<void>,
): Promise<ArchiveWriter> {
  const parts: Manifest['parts'] = {};
  const writeJson = (name: string, value: unknown) => write(tarEntry(name, Buffer.from(JSON.stringify(value))));
  await writeJson(ABOUT, { format: FORMAT, ...about } satisfies BackupAbout);
  return {
    async add(part, head, pieces) {
      const hash = createHash('sha256');
      const sums = { pieces: 0, bytes: 0 };
      const put = async (name: string, content: Uint8Array) => {
        hash.update(content);
        sums.bytes += content.length;
        await write(tarEntry(`${part}/${name}`, content));
      };
      await put(HEAD, Buffer.from(JSON.stringify(head)));
      for await (const piece of pieces)
        await put(String(++sums.pieces).padStart(8, '0'), head.gzip ? await pack(piece, { level: 1 }) : piece);
      parts[part] = { ...sums, sha256: hash.digest('hex') };
    },
    async finish(positions) {
      await writeJson(MANIFEST, { parts, positions } satisfies Manifest);
      await write(TAR_END);
    },
  };
}

/** A backup whose every part has been checked. */
export interface Archive {
  readonly about: BackupAbout;
  readonly positions: readonly ConsumerPosition[];
  /** Parts and their sizes in bytes, in the order of the file. */
  readonly parts: ReadonlyMap<string, { pieces: number; bytes: number }>;
  /** Reads it once more, part by part. A part's pieces must be read to their end before the next part. */
  read(take: (part: string, head: PartHead, pieces: AsyncGenerator<Uint8Array>) => Promise<void>): Promise<void>;
}

/** Reads a backup from end to end and compares all checksums. Throws `StartProblem` naming the file and what is wrong with it. */
export async function openArchive(path: string): Promise<Archive> {
  const file = await open(path).catch((cause) => {
    throw new StartProblem(`the backup ${path} cannot be opened: ${(cause as Error).message}`);
  });
  try {
    const { about, manifest } = await verify(readTar(file)).catch((cause) => {
      throw new StartProblem(`the backup ${path} cannot be used: ${(cause as Error).message}. Take another one`);
    });
    return { about, positions: manifest.positions, parts: new Map(Object.entries(manifest.parts)), read };
  } finally {
    await file.close();
  }

  async function read(take: Parameters<Archive['read']>[0]): Promise<void> {
    const handle = await open(path);
    try {
      const files = readTar(handle);
      let next = await files.next();
      while (!next.done) {
        const [part = '', name] = splitName(next.value.name);
        if (name !== HEAD) {
          next = await files.next();
          continue;
        }
        const head = JSON.parse(next.value.content.toString()) as PartHead;
        const pieces = async function* () {
          for (
            next = await files.next();
            !next.done && splitName(next.value.name)[0] === part;
            next = await files.next()
          )
            yield head.gzip ? await unpack(next.value.content) : next.value.content;
        };
        await take(part, head, pieces());
      }
    } finally {
      await handle.close();
    }
  }
}

async function verify(files: ReturnType<typeof readTar>): Promise<{ about: BackupAbout; manifest: Manifest }> {
  let about: BackupAbout | undefined;
  let manifest: Manifest | undefined;
  const sums = new Map<string, { hash: Hash; pieces: number; bytes: number }>();
  for await (const { name, content } of files) {
    const [part, piece] = splitName(name);
    if (part === undefined) {
      if (name === ABOUT) about = aboutIn(content);
      if (name === MANIFEST) manifest = JSON.parse(content.toString()) as Manifest;
      continue;
    }
    const sum = sums.get(part) ?? { hash: createHash('sha256'), pieces: 0, bytes: 0 };
    sums.set(part, sum);
    sum.hash.update(content);
    sum.bytes += content.length;
    if (piece !== HEAD) sum.pieces++;
  }
  if (about === undefined) throw new Error('it is no backup of Crossdock');
  if (manifest === undefined) throw new Error('it is incomplete: taking it was broken off');
  for (const [part, { sha256, pieces }] of Object.entries(manifest.parts)) {
    const found = sums.get(part);
    if (found?.hash.digest('hex') !== sha256 || found.pieces !== pieces)
      throw new Error(`its part "${part}" is damaged`);
  }
  return { about, manifest };
}

function aboutIn(content: Buffer): BackupAbout {
  const about = JSON.parse(content.toString()) as BackupAbout;
  if (about.format !== FORMAT) throw new Error(`it has format ${about.format}; this version reads ${FORMAT}`);
  return about;
}

/** `bus/EVT/00000001` → part and piece; undefined for what belongs to no part. */
function splitName(name: string): [part: string, piece: string] | [undefined, string] {
  const cut = name.lastIndexOf('/');
  return cut < 0 ? [undefined, name] : [name.slice(0, cut), name.slice(cut + 1)];
}
