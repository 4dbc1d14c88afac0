import type { MsgHdrs } from '@nats-io/nats-core';
import { SERVER_HEADERS } from '../names.ts';

/** A stored message as a line of JSON. */
export interface StoredLine {
  subject: string;
  /** Names and values; none when left out. */
  headers?: Record<string, string>;
  /** Base64. */
  data: string;
}

/** They were for the writing that stored the message, and would refuse or drop it the second time. */
const OF_ITS_WRITING = new Set<string>([
  SERVER_HEADERS.expectedLastSubjectSequence,
  SERVER_HEADERS.messageId,
  SERVER_HEADERS.rollup,
]);

export function lineOf(subject: string, headers: MsgHdrs | undefined, data: Uint8Array): StoredLine {
  const kept = [...(headers ?? [])].filter(([name]) => !OF_ITS_WRITING.has(name));
  const fields = Object.fromEntries(kept.map(([name, values]) => [name, values[0] ?? '']));
  return {
    subject,
    ...(kept.length === 0 ? {} : { headers: fields }),
    data: Buffer.from(data).toString('base64'),
  };
}

const LINES_BYTES = 1024 * 1024;

/** Lines gathered into pieces of about a MiB. */
export async function* piecesOf(lines: AsyncIterable<StoredLine>): AsyncGenerator<Uint8Array> {
  let texts: string[] = [];
  let size = 0;
  for await (const line of lines) {
    const text = `${JSON.stringify(line)}\n`;
    texts.push(text);
    size += text.length;
    if (size < LINES_BYTES) continue;
    yield Buffer.from(texts.join(''));
    texts = [];
    size = 0;
  }
  if (texts.length > 0) yield Buffer.from(texts.join(''));
}

/** Reads a piece that `piecesOf` made. */
export function linesIn(piece: Uint8Array): StoredLine[] {
  return Buffer.from(piece)
    .toString()
    .split('\n')
    .filter((text) => text !== '')
    .map((text) => JSON.parse(text) as StoredLine);
}
