import type { AloneOutcome, Lease } from '@crossdock/engine';
import type { Logger } from '../log.ts';
import type { CollectedMetrics } from './collected-metrics.ts';
import { type ForkedWorker, forkWorker } from './fork-worker.ts';
import type { FromWorker, SentLease, WorkerSettings } from './messages.ts';

/** A process at a worker's side, which runs the leases it is given until one of them ends it. */
export interface SideProcess {
  /** Resolves when the execution has ended or sleeps, its lease settled, or when the process is gone. */
  run(lease: Lease, signal: AbortSignal): Promise<AloneOutcome>;
  isAlive(): boolean;
  end(): void;
}

export interface SideProcessContext {
  /** Told of in logs and in the list of processes: `alone`, `beside`. */
  readonly role: string;
  readonly log: Logger;
  readonly collected: CollectedMetrics;
}

/** A heap that fills up keeps one thread of the collector busy, not all that the machine has. */
const SIDE_FLAGS = ['--single-threaded-gc'];

interface InHand {
  readonly lease: Lease;
  outcome: AloneOutcome;
  done(outcome: AloneOutcome): void;
}

/** The process starts with its first execution. */
export function startSideProcess(settings: WorkerSettings, { role, log, collected }: SideProcessContext): SideProcess {
  const own = { ...settings, name: `${settings.name} ${role}` };
  const inHand = new Map<number, InHand>();
  const source = collected.open();
  let child: ForkedWorker | undefined;
  let isGone = false;
  let count = 0;

  return {
    async run(lease, signal) {
      if (signal.aborted) return 'crashed';
      const id = ++count;
      const message = { type: 'run-aside', id, settings: own, lease: await sendable(lease) } as const;
      const abort = () => child?.send({ type: 'abort', id });
      signal.addEventListener('abort', abort, { once: true });
      try {
        return await new Promise<AloneOutcome>((done) => {
          if (isGone) return done('crashed');
          inHand.set(id, { lease, outcome: 'crashed', done });
          if (child) child.send(message);
          else child = forkWorker(message, { message: heard, line, exit: gone }, { flags: SIDE_FLAGS });
          if (signal.aborted) abort();
        });
      } finally {
        inHand.delete(id);
        signal.removeEventListener('abort', abort);
      }
    },
    isAlive: () => !isGone,
    end: () => child?.send({ type: 'end' }),
  };

  function heard(message: FromWorker): void {
    if (message.type === 'metrics') source.took(message.snapshots);
    if (!('id' in message)) return;
    const its = inHand.get(message.id);
    if (!its) return;
    if (message.type === 'free') its.done(its.outcome);
    else {
      if (message.type === 'ack') its.lease.ack();
      else its.lease.release(message.delayMs);
      its.outcome = 'settled';
    }
  }

  function gone(reason: string): void {
    isGone = true;
    source.retire();
    const left = [...inHand.values()];
    const addresses = left.map(({ lease, outcome }) => ({ ...lease.address, outcome }));
    log.info({ role, reason, inHand: addresses }, 'a process of its own ended');
    for (const { outcome, done } of left) done(outcome);
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
