import type { AloneOutcome, Lease } from '@crossdock/engine';
import type { Logger } from '../log.ts';
import { forkWorker } from './fork-worker.ts';
import type { SentLease, WorkerSettings } from './messages.ts';

/** Whoever is taken for a culprit may only have been near one: after a storm there are many, and each costs a process. */
const PROCESSES_AT_ONCE = 2;

/** Runs what killed workers before in a process of its own, so that it kills nobody's neighbours again. */
export function runAloneIn(settings: WorkerSettings, log: Logger) {
  const queue: (() => void)[] = [];
  let running = 0;
  return async (lease: Lease, signal: AbortSignal): Promise<AloneOutcome> => {
    if (running >= PROCESSES_AT_ONCE) await new Promise<void>((go) => queue.push(go));
    else running++;
    try {
      return await runOne(lease, signal);
    } finally {
      const next = queue.shift();
      if (next) next();
      else running--;
    }
  };

  async function runOne(lease: Lease, signal: AbortSignal): Promise<AloneOutcome> {
    if (signal.aborted) return 'crashed';
    const sent = await sendable(lease);
    const name = `${settings.name} alone`;
    log.warn({ ...lease.address }, 'running an execution in a process of its own, as it ended workers before');
    return new Promise((resolve) => {
      let outcome: AloneOutcome = 'crashed';
      const child = forkWorker(
        { type: 'run-alone', settings: { ...settings, name }, lease: sent },
        {
          message(message) {
            if (message.type === 'ack') lease.ack();
            else if (message.type === 'release') lease.release(message.delayMs);
            else return;
            outcome = 'settled';
          },
          line: (line) => process.stdout.write(`${line}\n`),
          exit(reason) {
            signal.removeEventListener('abort', abort);
            log.info({ ...lease.address, reason, outcome }, 'the process of its own ended');
            resolve(outcome);
          },
        },
      );
      const abort = () => child.send({ type: 'abort' });
      if (signal.aborted) abort();
      else signal.addEventListener('abort', abort, { once: true });
    });
  }
}

async function sendable({
  trigger,
  working: _working,
  ack: _ack,
  release: _release,
  ...rest
}: Lease): Promise<SentLease> {
  return { ...rest, ...(trigger ? { trigger: await trigger() } : {}) };
}
