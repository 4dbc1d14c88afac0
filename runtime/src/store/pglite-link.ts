import { mkdir } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import { FlowError } from '@crossdock/errors';
import type { Logger } from '../log.ts';
import type { PGliteAnswer, PGliteFailure, PGliteGreeting, PGliteRequest } from './pglite-protocol.ts';

export interface QueryAnswer {
  rows: unknown[];
  affectedRows: number;
}

/** The main thread's end of the database thread. */
export interface PGliteLink {
  query(sql: string, parameters: readonly unknown[]): Promise<QueryAnswer>;
  /** Lets what was asked finish, then closes the files and ends the thread. */
  close(): Promise<void>;
}

/** An error of the embedded database, with PostgreSQL's own fields as `pg` names them. */
class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
  readonly code: string | undefined;
  readonly detail: string | undefined;
  readonly constraint: string | undefined;
  readonly table: string | undefined;

  constructor(failure: PGliteFailure) {
    super(failure.message);
    this.code = failure.code;
    this.detail = failure.detail;
    this.constraint = failure.constraint;
    this.table = failure.table;
  }
}

interface Waiting {
  resolve(answer: QueryAnswer): void;
  reject(error: Error): void;
}

/** Starts the thread on `dir` and waits until the files are open (about 3 s for new ones). */
export async function openPGliteLink(dir: string, log: Logger): Promise<PGliteLink> {
  await mkdir(dir, { recursive: true });
  const worker = new Worker(new URL('./pglite-thread.ts', import.meta.url), { workerData: { dir } });
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let broken: Error | undefined;

  const breakDown = (cause: unknown) => {
    broken ??= new FlowError('SYSTEM_DATABASE_UNAVAILABLE', { cause });
    for (const { reject } of waiting.values()) reject(broken);
    waiting.clear();
  };
  await greeting(worker);
  worker.on('message', (answer: PGliteAnswer) => {
    const caller = waiting.get(answer.id);
    waiting.delete(answer.id);
    if ('failure' in answer) caller?.reject(new DatabaseError(answer.failure));
    else caller?.resolve(answer);
  });
  worker.on('error', (error) => {
    log.error({ err: error }, 'the database thread ended by an error');
    breakDown(error);
  });
  worker.on('exit', () => breakDown(new Error('the database thread has ended')));

  const ask = (request: (id: number) => PGliteRequest) =>
    new Promise<QueryAnswer>((resolve, reject) => {
      if (broken) return reject(broken);
      const id = ++lastId;
      waiting.set(id, { resolve, reject });
      try {
        worker.postMessage(request(id));
      } catch (error) {
        waiting.delete(id);
        reject(error);
      }
    });

  return {
    query: (sql, parameters) => ask((id) => ({ id, kind: 'query', sql, parameters })),
    async close() {
      if (broken) return;
      await ask((id) => ({ id, kind: 'close' }));
      await worker.terminate();
    },
  };
}

async function greeting(worker: Worker): Promise<void> {
  const first = await new Promise<PGliteGreeting>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  if (first.ready) return;
  await worker.terminate();
  throw new DatabaseError(first.failure);
}
