import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { afterAll, expect, it } from 'vitest';
import { endOfTurn } from './end-of-turn.ts';

const server = createServer((socket) => socket.end('heard'));
afterAll(() => server.close());

it('comes once for all, after whatever can go on has gone on', async () => {
  const order: string[] = [];
  const work = async (steps: number): Promise<void> => {
    for (let step = 0; step < steps; step++) await undefined;
    order.push('worked');
    await endOfTurn();
    order.push('sent');
  };
  await Promise.all([work(1), work(50), work(500)]);
  expect(order).toEqual(['worked', 'worked', 'worked', 'sent', 'sent', 'sent']);
});

it('waits for no socket to be heard of again', async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const order: string[] = [];
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const heard = once(socket, 'data').then(() => order.push('heard'));
  await endOfTurn();
  order.push('sent');
  await heard;
  expect(order).toEqual(['sent', 'heard']);
});
