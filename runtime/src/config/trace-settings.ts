import * as take from './kinds.ts';
import type { SettingTable, ValuesOf } from './settings.ts';

/** Where traces go, by the variables that OpenTelemetry names (https://opentelemetry.io/docs/specs/otel/protocol/exporter/). */
export const traceSettings = {
  otlpEndpoint: {
    variable: 'OTEL_EXPORTER_OTLP_ENDPOINT',
    take: take.url(['http:', 'https:']),
    help: 'send traces to this OpenTelemetry collector (v1/traces is added)',
  },
  otlpTracesEndpoint: {
    variable: 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
    take: take.url(['http:', 'https:']),
    help: 'the same as a whole address',
  },
  otlpProtocol: {
    variable: 'OTEL_EXPORTER_OTLP_PROTOCOL',
    take: take.oneOf(['http/protobuf']),
    help: 'how it is spoken to; collectors listen for it on port 4318',
  },
  otlpTracesProtocol: {
    variable: 'OTEL_EXPORTER_OTLP_TRACES_PROTOCOL',
    take: take.oneOf(['http/protobuf']),
    help: 'the same for traces alone',
  },
  otlpHeaders: {
    variable: 'OTEL_EXPORTER_OTLP_HEADERS',
    take: take.headerList(),
    secret: true,
    help: 'headers for the collector, such as its credential',
  },
  otlpTracesHeaders: {
    variable: 'OTEL_EXPORTER_OTLP_TRACES_HEADERS',
    take: take.headerList(),
    secret: true,
    help: 'the same for traces alone; they win',
  },
  otelServiceName: {
    variable: 'OTEL_SERVICE_NAME',
    take: take.text('a name'),
    help: 'how traces call this installation (default crossdock)',
  },
  otelResourceAttributes: {
    variable: 'OTEL_RESOURCE_ATTRIBUTES',
    take: take.keyValueList(),
    fallback: '',
    help: 'what else traces say of it, such as deployment.environment.name=prod',
  },
} as const satisfies SettingTable;

/** A collector and what it is told of this installation. */
export interface TraceExport {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Resource attributes, `service.name` among them. */
  readonly resource: Readonly<Record<string, string>>;
}

type TraceValues = ValuesOf<typeof traceSettings>;

/** Makes one value of what is set for traces, undefined without an endpoint: then nothing is traced. Gives the other values as they are. */
export function takeTraceExport<Values extends TraceValues>({
  otlpEndpoint,
  otlpTracesEndpoint,
  otlpProtocol: _onlyOne,
  otlpTracesProtocol: _onlyOneToo,
  otlpHeaders,
  otlpTracesHeaders,
  otelServiceName,
  otelResourceAttributes,
  ...others
}: Values): { traces: TraceExport | undefined; others: Omit<Values, keyof TraceValues> } {
  const url = otlpTracesEndpoint ?? (otlpEndpoint && tracesUnder(otlpEndpoint));
  if (url === undefined) return { traces: undefined, others };
  const named = otelServiceName === undefined ? {} : { 'service.name': otelServiceName };
  const traces = {
    url,
    headers: { ...otlpHeaders, ...otlpTracesHeaders },
    resource: { 'service.name': 'crossdock', ...otelResourceAttributes, ...named },
  };
  return { traces, others };
}

function tracesUnder(endpoint: string): string {
  const url = new URL(endpoint);
  url.pathname = `${url.pathname.replace(/\/$/, '')}/v1/traces`;
  return url.href;
}
