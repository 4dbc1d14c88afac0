import type { FileHandle } from 'node:fs/promises';

const BLOCK = 512;
const NAME_BYTES = 100;
const AT = { mode: 100, uid: 108, gid: 116, size: 124, time: 136, sum: 148, type: 156, magic: 257 } as const;

/** The bytes of one file of a tar archive (POSIX ustar): header, content, padding. */
export function tarEntry(name: string, content: Uint8Array, now = Date.now()): Buffer {
  if (Buffer.byteLength(name) > NAME_BYTES) throw new RangeError(`"${name}" is too long for a tar entry`);
  const entry = Buffer.alloc(BLOCK + Math.ceil(content.length / BLOCK) * BLOCK);
  entry.write(name, 0);
  entry.write('0000600\0', AT.mode);
  entry.write('0000000\0', AT.uid);
  entry.write('0000000\0', AT.gid);
  entry.write(`${content.length.toString(8).padStart(11, '0')}\0`, AT.size);
  entry.write(
    `${Math.floor(now / 1000)
      .toString(8)
      .padStart(11, '0')}\0`,
    AT.time,
  );
  entry.write('0', AT.type);
  entry.write('ustar\0' + '00', AT.magic);
  entry.write(`${checksum(entry).toString(8).padStart(6, '0')}\0 `, AT.sum);
  entry.set(content, BLOCK);
  return entry;
}

/** What ends an archive. */
export const TAR_END: Uint8Array = new Uint8Array(2 * BLOCK);

export interface TarFile {
  name: string;
  content: Buffer;
}

/** Reads the files of an archive one after the other. Throws when it is none, or ends before its end. */
export async function* readTar(file: FileHandle): AsyncGenerator<TarFile> {
  for (let at = 0; ; ) {
    const header = await exactly(file, at, BLOCK);
    if (header.every((byte) => byte === 0)) return;
    const stored = Number.parseInt(header.toString('latin1', AT.sum, AT.sum + 6), 8);
    if (stored !== checksum(header)) throw new Error(`the archive is damaged at byte ${at}`);
    const size = Number.parseInt(header.toString('latin1', AT.size, AT.size + 11), 8);
    const name = header.toString('utf8', 0, Math.max(0, header.indexOf(0)));
    yield { name, content: await exactly(file, at + BLOCK, size) };
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
}

/** The sum of the header's bytes, its own field counted as spaces. */
function checksum(header: Buffer): number {
  let sum = 0;
  for (let at = 0; at < BLOCK; at++) sum += at >= AT.sum && at < AT.sum + 8 ? 32 : (header[at] ?? 0);
  return sum;
}

async function exactly(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  let read = 0;
  while (read < length) {
    const { bytesRead } = await file.read(bytes, read, length - read, position + read);
    if (bytesRead === 0) throw new Error(`the archive ends at byte ${position + read}, before its end`);
    read += bytesRead;
  }
  return bytes;
}
