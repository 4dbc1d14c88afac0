import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A span as a collector got it. Kinds and status codes by their numbers in `trace.proto`: 2 server, 3 client, 5 consumer; 2 error. */
export interface GotSpan {
  traceId: string;
  spanId: string;
  /** Empty for none. */
  parentSpanId: string;
  name: string;
  kind: number;
  startMs: number;
  endMs: number;
  status: { code: number; message: string };
  attributes: Record<string, unknown>;
  resource: Record<string, unknown>;
}

export interface FakeCollector {
  readonly url: string;
  readonly spans: GotSpan[];
  readonly requests: { path: string; headers: Record<string, unknown>; body: Buffer }[];
  close(): Promise<void>;
}

/** Takes OTLP/HTTP in protobuf on loopback, and reads it by the field numbers of opentelemetry-proto, not by what wrote it. */
export async function startFakeCollector(port = 0): Promise<FakeCollector> {
  const spans: GotSpan[] = [];
  const requests: FakeCollector['requests'] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      requests.push({ path: request.url ?? '', headers: request.headers, body });
      spans.push(...spansIn(body));
      response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    requests,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function spansIn(body: Buffer): GotSpan[] {
  return messages(fields(body), 1).flatMap((resourceSpans) => {
    const resource = attributesOf(messages(resourceSpans, 1).flatMap((one) => messages(one, 1)));
    return messages(resourceSpans, 2)
      .flatMap((scopeSpans) => messages(scopeSpans, 2))
      .map((span) => ({ ...spanOf(span), resource }));
  });
}

function spanOf(span: Fields): Omit<GotSpan, 'resource'> {
  const [status] = messages(span, 15);
  return {
    traceId: bytes(span, 1).toString('hex'),
    spanId: bytes(span, 2).toString('hex'),
    parentSpanId: bytes(span, 4).toString('hex'),
    name: bytes(span, 5).toString(),
    kind: Number(number(span, 6)),
    startMs: Number(number(span, 7) / 1_000_000n),
    endMs: Number(number(span, 8) / 1_000_000n),
    status: status
      ? { code: Number(number(status, 3)), message: bytes(status, 2).toString() }
      : { code: 0, message: '' },
    attributes: attributesOf(messages(span, 9)),
  };
}

function attributesOf(pairs: readonly Fields[]): Record<string, unknown> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const [value] = messages(pair, 2);
      const isText = value?.get(1) !== undefined;
      return [bytes(pair, 1).toString(), value && (isText ? bytes(value, 1).toString() : Number(number(value, 3)))];
    }),
  );
}

type Fields = Map<number, (Buffer | bigint)[]>;

/** Protocol Buffers' wire format: https://protobuf.dev/programming-guides/encoding/ */
function fields(buffer: Buffer): Fields {
  const found: Fields = new Map();
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = buffer[at++] ?? 0;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  const taken = (length: number): Buffer => {
    at += length;
    return buffer.subarray(at - length, at);
  };
  while (at < buffer.length) {
    const tag = Number(varint());
    const wire = tag & 7;
    const value =
      wire === 0
        ? varint()
        : wire === 2
          ? taken(Number(varint()))
          : wire === 1
            ? taken(8).readBigUInt64LE()
            : BigInt(taken(4).readUInt32LE());
    found.set(tag >> 3, [...(found.get(tag >> 3) ?? []), value]);
  }
  return found;
}

const bytes = (of: Fields, field: number): Buffer => {
  const value = of.get(field)?.[0];
  return Buffer.isBuffer(value) ? value : Buffer.alloc(0);
};
const number = (of: Fields, field: number): bigint => {
  const value = of.get(field)?.[0];
  return typeof value === 'bigint' ? value : 0n;
};
const messages = (of: Fields, field: number): Fields[] =>
  (of.get(field) ?? []).flatMap((value) => (Buffer.isBuffer(value) ? [fields(value)] : []));
