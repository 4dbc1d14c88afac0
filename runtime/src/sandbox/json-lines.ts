import { type FileHandle, open, readFile } from 'node:fs/promises';

/** A file of JSON lines, each on disk before its call returns. */
export interface JsonLines<Line> {
  /** What was there when it was opened; a last line that a crash tore is cut off. */
  readonly found: readonly Line[];
  append(line: Line): Promise<void>;
  empty(): Promise<void>;
  close(): Promise<void>;
}

export async function openJsonLines<Line>(path: string): Promise<JsonLines<Line>> {
  const file = await open(path, 'a+');
  const bytes = await readFile(path);
  const size = bytes.lastIndexOf(0x0a) + 1;
  if (size < bytes.length) await file.truncate(size);
  const found = bytes.subarray(0, size).toString('utf8').split('\n').slice(0, -1);
  const writer = groupedWriter(file, size);
  return {
    found: found.map((line) => JSON.parse(line) as Line),
    append: (line) => writer.append(`${JSON.stringify(line)}\n`),
    empty: writer.empty,
    close: writer.close,
  };
}

/** Writes what arrives while a sync runs together, with one sync for all of it. */
function groupedWriter(file: FileHandle, sizeNow: number) {
  let size = sizeNow;
  let waiting: { line: string; done: () => void; failed: (cause: unknown) => void }[] = [];
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return next;
  };
  const flush = async () => {
    const group = waiting;
    waiting = [];
    if (group.length === 0) return;
    const bytes = Buffer.from(group.map(({ line }) => line).join(''));
    try {
      await file.appendFile(bytes);
      await file.datasync();
      size += bytes.length;
      for (const { done } of group) done();
    } catch (cause) {
      // A full disk may have taken half a line, which would spoil the next one.
      await file.truncate(size).catch(() => undefined);
      for (const { failed } of group) failed(cause);
    }
  };
  return {
    append: (line: string) =>
      new Promise<void>((done, failed) => {
        waiting.push({ line, done, failed });
        void inTurn(flush);
      }),
    empty: () =>
      inTurn(async () => {
        await file.truncate(0);
        await file.datasync();
        size = 0;
      }),
    close: () => inTurn(() => file.close()),
  };
}
