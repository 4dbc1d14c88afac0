import { parentPort, workerData } from 'node:worker_threads';
import { PGlite, types } from '@electric-sql/pglite';
import type { PGliteAnswer, PGliteFailure, PGliteGreeting, PGliteRequest } from './pglite-protocol.ts';

if (!parentPort) throw new Error('this file is the start of the database thread');
const port = parentPort;
const greet = (greeting: PGliteGreeting) => port.postMessage(greeting);
const answer = (message: PGliteAnswer) => port.postMessage(message);

/** Bytes go to the database as they are; PGlite's own make a string of each: half of what a payload costs to store. */
const BYTES = {
  // The type asks for text, and what takes it takes bytes as well.
  serializers: { [types.BYTEA]: (bytes: Uint8Array) => bytes as unknown as string },
  parsers: { [types.BYTEA]: (text: string) => new Uint8Array(Buffer.from(text.slice(2), 'hex')) },
};

try {
  const database = await PGlite.create({ dataDir: (workerData as { dir: string }).dir, ...BYTES });
  port.on('message', (request: PGliteRequest) => void serve(database, request));
  greet({ ready: true });
} catch (error) {
  greet({ ready: false, failure: failureOf(error) });
}

async function serve(database: PGlite, request: PGliteRequest): Promise<void> {
  try {
    if (request.kind === 'close') {
      await database.close();
      answer({ id: request.id, rows: [], affectedRows: 0 });
      port.close();
      return;
    }
    const { rows, affectedRows = 0 } = await database.query(request.sql, [...request.parameters]);
    answer({ id: request.id, rows, affectedRows });
  } catch (error) {
    answer({ id: request.id, failure: failureOf(error) });
  }
}

function failureOf(error: unknown): PGliteFailure {
  if (!(error instanceof Error)) return { message: String(error) };
  const { message, code, detail, constraint, table } = error as PGliteFailure & Error;
  return {
    message,
    ...(code === undefined ? {} : { code }),
    ...(detail === undefined ? {} : { detail }),
    ...(constraint === undefined ? {} : { constraint }),
    ...(table === undefined ? {} : { table }),
  };
}
