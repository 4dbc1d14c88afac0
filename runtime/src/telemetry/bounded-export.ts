import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';
import { BatchSpanProcessor } from '@opentelemetry/sdk-trace';

/** Spans that wait for the collector; what comes beyond is dropped. About 8 MiB. */
const MAX_WAITING = 8192;
const BATCH = 512;
const DELAY_MS = 1000;

export interface BoundedExport {
  /** Takes a span without waiting for anything. */
  take(span: ReadableSpan): void;
  /** Sends what waits, within `withinMs`, and takes no more. Never rejects. */
  close(withinMs: number): Promise<void>;
}

/** What is told of the way to the collector. */
export interface ExportWatch {
  /** How many spans came to what. */
  counted(outcome: 'sent' | 'queue-full' | 'not-taken', spans: number): void;
  /** The first failure after a success. */
  lost(reason: string): void;
  /** The first success after a failure. */
  back(): void;
}

/** Hands spans to an exporter in batches, one batch at a time; the exporter tries again as it sees fit. */
export function createBoundedExport(exporter: SpanExporter, watch: ExportWatch): BoundedExport {
  let waiting = 0;
  let isLost = false;
  const processor = new BatchSpanProcessor({
    exporter: {
      export(spans, done) {
        waiting -= spans.length;
        exporter.export(spans, (result) => {
          // 0 is SUCCESS in `ExportResultCode`, which the SDK does not hand on.
          told(result.code === 0, spans.length, result.error?.message ?? 'it did not take them');
          done(result);
        });
      },
      shutdown: () => exporter.shutdown(),
    },
    maxQueueSize: MAX_WAITING,
    maxExportBatchSize: BATCH,
    scheduledDelayMillis: DELAY_MS,
  });

  function told(isSent: boolean, spans: number, reason: string): void {
    watch.counted(isSent ? 'sent' : 'not-taken', spans);
    if (isSent && isLost) watch.back();
    if (!isSent && !isLost) watch.lost(reason);
    isLost = !isSent;
  }

  return {
    take(span) {
      const isSampled = (span.spanContext().traceFlags & 1) === 1;
      if (!isSampled) return;
      if (waiting >= MAX_WAITING) return watch.counted('queue-full', 1);
      waiting += 1;
      processor.onEnd(span);
    },
    async close(withinMs) {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, withinMs);
      });
      await Promise.race([processor.shutdown().catch(() => undefined), late]);
      clearTimeout(timer);
    },
  };
}
