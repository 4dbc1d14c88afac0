import type { EngineObserver, TracedExecution } from '@crossdock/engine';
import { reasonOf } from '@crossdock/errors';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import type { TraceExport } from '../config/trace-settings.ts';
import type { Logger } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import { createBoundedExport } from './bounded-export.ts';
import { spanOfAttempt, spansOfEnd } from './trace-spans.ts';

/** Tells a collector what an engine does. Neither a defect of it nor a collector that is away reaches the executions. */
export interface Tracing {
  readonly observer: Required<Pick<EngineObserver, 'spanClosed' | 'ended'>>;
  /** Sends what waits, within `withinMs`, and tells no more. Never rejects. */
  close(withinMs: number): Promise<void>;
}

/** `instance` tells this process from others of the installation. */
export function openTracing(
  { url, headers, resource: attributes }: TraceExport,
  { log, metrics, instance }: { log: Logger; metrics: Metrics; instance: string },
): Tracing {
  const resource = resourceFromAttributes({ 'service.instance.id': instance, ...attributes });
  // Without a user and password that may stand in the address.
  const collector = new URL(url).origin;
  const spans = createBoundedExport(new OTLPTraceExporter({ url, headers: { ...headers } }), {
    counted: (outcome, count) => metrics.count('crossdock_otlp_spans_total', { outcome }, count),
    lost: (reason) => log.warn({ collector, reason }, 'the collector of traces does not take them; they are dropped'),
    back: () => log.info({ collector }, 'the collector of traces takes them again'),
  });
  const take = (make: () => readonly ReadableSpan[], { snapshot }: TracedExecution): void => {
    try {
      for (const span of make()) spans.take(span);
    } catch (error) {
      log.error({ executionId: snapshot.executionId, reason: reasonOf(error) }, 'a span cannot be told');
    }
  };
  return {
    observer: {
      spanClosed: (of, span) => take(() => [spanOfAttempt(of, span, resource)], of),
      ended: (of) => take(() => spansOfEnd(of, resource), of),
    },
    close: (withinMs) => spans.close(withinMs),
  };
}
