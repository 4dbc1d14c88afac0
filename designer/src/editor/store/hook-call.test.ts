import { newFlow } from '@crossdock/flow-model';
import { expect, test } from 'vitest';
import { hookCalls } from './hook-call.ts';

const flow = {
  ...newFlow('f', 'F'),
  nodes: [{ id: 'hook', type: 'webhook', config: { path: 'shop/orders', method: 'POST' } }],
  samples: [{ name: 'One', payload: { note: "it's" } }],
};

test('a hook has its address and a command line that a shell reads as it is', () => {
  const [call] = hookCalls(flow, 'dev', 'http://127.0.0.1:4400', 0);
  expect(call?.url).toBe('http://127.0.0.1:4400/hooks/dev/shop/orders');
  expect(call?.curl).toContain(`--data-binary '{"note":"it'\\''s"}'`);
});

test('a flow without a webhook has none', () => {
  expect(hookCalls({ ...flow, nodes: [] }, 'dev', '', 0)).toEqual([]);
});
