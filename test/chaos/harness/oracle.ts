import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** `cut`: the effect was done and the connection then cut, so that the caller cannot know. `refused`: cut without the effect. */
export type Outcome = 'applied' | 'cut' | 'rejected' | 'refused';

/** One call as it arrived. */
export interface Call {
  /** Milliseconds since 1970. */
  at: number;
  /** The `<target>` of its address. */
  target: string;
  /** The `Idempotency-Key`. */
  key: string;
  order: string;
  seq: number;
  node: string;
  execution: string;
  revision: number;
  outcome: Outcome;
}

/** How a target misbehaves. Shares are of all calls; `downForMs` counts from the moment this is set. */
export interface Faults {
  rejectShare?: number;
  /** The first so many calls with each key are rejected. */
  rejectFirst?: number;
  /** What rejected calls are answered with; default 503. */
  status?: number;
  cutShare?: number;
  delayMs?: number;
  downForMs?: number;
  downAs?: 'rejected' | 'refused';
}

/** How many calls came, and how many different keys each target has done the work of. */
export interface OracleCounts {
  calls: number;
  applied: Record<string, number>;
}

/** An HTTP target that remembers everything, in a process of its own. */
export interface Oracle {
  readonly port: number;
  /** Where the effects of a target are to be sent. */
  url(target: string): string;
  setFaults(target: string, faults: Faults): Promise<void>;
  counts(): Promise<OracleCounts>;
  /** Every call so far, in the order of arrival. */
  calls(): Promise<Call[]>;
  stop(): Promise<void>;
}

/** Starts the oracle on a free port; `seed` decides which calls its faults hit. */
export async function startOracle(seed: number): Promise<Oracle> {
  const child = fork(fileURLToPath(new URL('oracle-process.ts', import.meta.url)), [String(seed)], { execArgv: [] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (message) => resolve((message as { port: number }).port));
    child.once('exit', (code) => reject(new Error(`the oracle ended with ${code}`)));
  });
  const base = `http://127.0.0.1:${port}`;
  const read = async <T>(path: string): Promise<T> => (await (await fetch(base + path)).json()) as T;
  const all: Call[] = [];
  return {
    port,
    url: (target) => `${base}/to/${target}`,
    async setFaults(target, faults) {
      await (await fetch(`${base}/faults/${target}`, { method: 'PUT', body: JSON.stringify(faults) })).text();
    },
    counts: () => read('/counts'),
    async calls() {
      for (;;) {
        const page = await read<Call[]>(`/calls/${all.length}`);
        if (page.length === 0) return all;
        for (const call of page) all.push(call);
      }
    },
    async stop() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
