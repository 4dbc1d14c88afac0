import type { AloneOutcome, Lease } from '@crossdock/engine';
import type { Logger } from '../log.ts';
import { type ForkedWorker, forkWorker } from './fork-worker.ts';
import type { FromWorker, SentLease, WorkerSettings } from './messages.ts';

/** A process that runs executions one after the other, until one of them ends it. */
export interface AloneProcess {
  /** Resolves when the execution has ended or sleeps, its lease settled, or when the process is gone. */
  run(lease: Lease, signal: AbortSignal): Promise<AloneOutcome>;
  isAlive(): boolean;
  end(): void;
}

/** The process starts with its first execution. */
export function startAloneProcess(settings: WorkerSettings, log: Logger): AloneProcess {
  const own = { ...settings, name: `${settings.name} alone` };
  let child: ForkedWorker | undefined;
  let isGone = false;
  let inHand: { lease: Lease; outcome: AloneOutcome; done(outcome: AloneOutcome): void } | undefined;

  return {
    async run(lease, signal) {
      if (signal.aborted) return 'crashed';
      const first = { type: 'run-alone', settings: own, lease: await sendable(lease) } as const;
      const abort = () => child?.send({ type: 'abort' });
      signal.addEventListener('abort', abort, { once: true });
      try {
        return await new Promise<AloneOutcome>((done) => {
          inHand = { lease, outcome: 'crashed', done };
          if (isGone) return done('crashed');
          if (child) child.send(first);
          else child = forkWorker(first, { message: heard, line, exit: gone });
          if (signal.aborted) abort();
        });
      } finally {
        inHand = undefined;
        signal.removeEventListener('abort', abort);
      }
    },
    isAlive: () => child !== undefined && !isGone,
    end: () => child?.send({ type: 'end' }),
  };

  function heard(message: FromWorker): void {
    if (!inHand) return;
    if (message.type === 'free') inHand.done(inHand.outcome);
    if (message.type === 'ack') inHand.lease.ack();
    if (message.type === 'release') inHand.lease.release(message.delayMs);
    if (message.type === 'ack' || message.type === 'release') inHand.outcome = 'settled';
  }

  function gone(reason: string): void {
    isGone = true;
    const { lease, outcome, done } = inHand ?? {};
    log.info({ ...lease?.address, reason, outcome }, 'a process of its own ended');
    done?.(outcome ?? 'crashed');
  }

  function line(text: string): void {
    process.stdout.write(`${text}\n`);
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
