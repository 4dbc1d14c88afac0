import { connectBus } from '@crossdock/bus';
import type { Logger } from '../log.ts';
import type { MetricName, Metrics, MetricsSnapshot } from '../metrics.ts';
import { collectMetrics } from './collected-metrics.ts';
import { blobCipherOf, engineOf } from './engine-of.ts';
import type { WorkerSettings } from './messages.ts';
import { runAloneIn } from './run-alone.ts';
import { runBesideIn } from './run-beside.ts';

/** Waits before an attempt give their slot back, so that the bus may deliver more leases than there are slots. */
const LEASES_PER_SLOT = 2;

export interface Worker {
  /** The metrics of now, of this process and of those at its side. */
  snapshots(): Promise<MetricsSnapshot[]>;
  /** Takes no more, lets what runs finish within `graceMs`, gives the rest back, closes. */
  drain(graceMs: number): Promise<void>;
}

/** The worker role: carries executions of every deployed flow on. Throws when the bus cannot be reached. */
export async function startWorker(
  settings: WorkerSettings,
  context: { log: Logger; metrics: Metrics },
): Promise<Worker> {
  const { log } = context;
  const bus = await connectBus({
    ...settings.nats,
    replicas: settings.natsReplicas,
    name: `crossdock ${settings.name}`,
    log,
    blobs: blobCipherOf(settings),
  });
  const collected = collectMetrics();
  const aside = {
    runAlone: runAloneIn(settings, { log, collected }),
    runBeside: runBesideIn(settings, { log, collected }),
  };
  const { engine, side, closeTracing } = await engineOf(bus, settings, context, aside);
  const leases = await side.consumeLeases({ concurrency: settings.concurrency * LEASES_PER_SLOT }, (lease, signal) => {
    if (lease.deliveryCount > 1) context.metrics.count('crossdock_leases_redelivered_total');
    return engine.carry(lease, signal);
  });
  const counters = [
    countsUp('crossdock_reconciler_repairs_total', () => side.repairs()),
    countsUp('crossdock_old_triggers_total', () => side.oldTriggers()),
    countsUp('crossdock_trace_dropped_total', () => side.droppedTraces()),
  ];
  return {
    async snapshots() {
      context.metrics.set('crossdock_executions_in_flight', leases.inFlight());
      for (const bringUpToDate of counters) bringUpToDate();
      return [await context.metrics.snapshot(), ...collected.snapshots()];
    },
    async drain(graceMs) {
      await leases.stop(graceMs);
      await Promise.all([side.flush(), closeTracing()]);
      await bus.close();
    },
  };

  /** Follows a count that is kept elsewhere. */
  function countsUp(name: MetricName, total: () => number): () => void {
    let counted = 0;
    return () => {
      const now = total();
      context.metrics.count(name, {}, now - counted);
      counted = now;
    };
  }
}
