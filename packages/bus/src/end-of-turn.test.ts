import { expect, it } from 'vitest';
import { endOfTurn } from './end-of-turn.ts';

it('comes once for all, after whatever can go on has gone on, and before the process waits', async () => {
  const order: string[] = [];
  setImmediate(() => order.push('the process waited'));
  const work = async (steps: number): Promise<void> => {
    for (let step = 0; step < steps; step++) await undefined;
    order.push('worked');
    await endOfTurn();
    order.push('sent');
  };
  await Promise.all([work(1), work(50), work(500)]);
  expect(order).toEqual(['worked', 'worked', 'worked', 'sent', 'sent', 'sent']);
});
