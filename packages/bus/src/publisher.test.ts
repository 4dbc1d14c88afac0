import { jetstreamManager } from '@nats-io/jetstream';
import { headers, type NatsConnection } from '@nats-io/nats-core';
import { connect } from '@nats-io/transport-node';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { apiCode, busError, isUnheard } from './bus-errors.ts';
import { SERVER_HEADERS } from './names.ts';
import { createPublisher, type Publish } from './publisher.ts';
import { startNatsServer, type TestNatsServer } from './testing/index.ts';

let server: TestNatsServer;
let nc: NatsConnection;
let publish: Publish;

beforeAll(async () => {
  server = await startNatsServer();
  nc = await connect({ servers: server.url });
  const jsm = await jetstreamManager(nc);
  await jsm.streams.add({ name: 'S', subjects: ['s.>'] });
  publish = createPublisher(nc, 1_000);
});
afterAll(async () => {
  await nc.close();
  await server.stop();
});

it('gives each of many messages the sequence under which the stream has it', async () => {
  const stored = await Promise.all(Array.from({ length: 500 }, (_, n) => publish(`s.${n}`, `text ü ${n}`)));
  expect(stored.map(({ seq }) => seq)).toEqual(Array.from({ length: 500 }, (_, n) => n + 1));
  const jsm = await jetstreamManager(nc);
  expect((await jsm.streams.getMessage('S', { seq: 42 }))?.string()).toBe('text ü 41');
});

it('tells what the server refuses, with its code', async () => {
  const expected = headers();
  expected.set(SERVER_HEADERS.expectedLastSubjectSequence, '99');
  const error = await publish('s.cas', 'x', expected).catch((thrown: unknown) => thrown);
  expect(apiCode(error)).toBe(10071);
});

it('tells that no stream listens', async () => {
  const error = await publish('nobody.listens', 'x').catch((thrown: unknown) => thrown);
  expect(isUnheard(error)).toBe(true);
});

it('gives up when no answer comes, and when the message is too large to be sent', async () => {
  const deaf = nc.subscribe('deaf');
  await expect(publish('deaf', 'x')).rejects.toThrow('timeout');
  deaf.unsubscribe();
  const error = await publish('s.large', new Uint8Array(2_000_000)).catch((thrown: unknown) => thrown);
  expect(busError(error).code).toBe('DATA_RESULT_TOO_LARGE');
});

it('rejects what is unanswered when the connection closes', async () => {
  const short = await connect({ servers: server.url });
  short.subscribe('silent');
  const waiting = createPublisher(short, 60_000)('silent', 'x').catch((thrown: Error) => thrown.message);
  await short.flush();
  await short.close();
  expect(await waiting).toBe('closed connection');
});
