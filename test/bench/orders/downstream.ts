import { type ChildProcess, fork } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** The downstream system that orders are posted to. Times in milliseconds since 1970. */
export interface Downstream {
  readonly port: number;
  figures(): Promise<{ arrived: number; lastAt: number; at: Map<string, number> }>;
  /** Counts from 0 again. */
  reset(): Promise<void>;
  /** Resolves with the figures when `count` orders are there; throws when none has come for a minute. */
  holds(count: number): ReturnType<Downstream['figures']>;
  stop(): void;
}

const PATIENCE_MS = 60_000;

export async function startDownstream(): Promise<Downstream> {
  const child = fork(fileURLToPath(new URL('sink.ts', import.meta.url)));
  const port = (await nextMessage(child)) as number;
  const figures: Downstream['figures'] = async () => {
    const answer = await fetch(`http://127.0.0.1:${port}/figures`);
    const { at, ...rest } = (await answer.json()) as { arrived: number; lastAt: number; at: [string, number][] };
    return { ...rest, at: new Map(at) };
  };
  return {
    port,
    figures,
    async reset() {
      child.send('begin');
      await nextMessage(child);
    },
    async holds(count) {
      let before = -1;
      for (let since = Date.now(); ; ) {
        const found = await figures();
        if (found.arrived >= count) return found;
        if (found.arrived > before) since = Date.now();
        if (Date.now() - since > PATIENCE_MS) throw new Error(`${found.arrived} of ${count} orders arrived`);
        before = found.arrived;
        await sleep(100);
      }
    },
    stop: () => child.disconnect(),
  };
}

const nextMessage = (child: ChildProcess): Promise<unknown> => new Promise((resolve) => child.once('message', resolve));
