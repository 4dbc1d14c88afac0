import { createWorkbench, testFlow } from '@crossdock/engine/testing';
import { FlowError } from '@crossdock/errors';
import { expect, test } from 'vitest';
import { openVault } from './index.ts';

const secretKey = new Uint8Array(32).fill(7);
const HOUR_MS = 3_600_000;
const caller = testFlow(
  { hook: 'trigger', c: { type: 'call', config: { flowId: 'callee', payload: '= {"no": no}' } } },
  ['hook>c'],
  { mask: ['people.email'] },
);
/** Masks nothing and is told nothing that is masked: what it calls knows the person by other ways. */
const callee = testFlow(
  {
    called: 'flow.called',
    ask: 'effect',
    w: { type: 'wait', config: { for: 'duration', durationMs: HOUR_MS } },
    tell: { type: 'effect', retry: { maxAttempts: 1 } },
  },
  ['called>ask', 'ask>w', 'w>tell'],
  { id: 'callee' },
);

test.each([
  [1, 'sealed where they turn up'],
  [2_500, 'sealed with all that it holds'],
])('%i masked values of a flow are, in one that it calls, %s', async (count, _how) => {
  const people = Array.from({ length: count }, (_, no) => ({ email: `person${no}@example.com` }));
  const secret = people.at(-1)!.email;
  const calls: unknown[] = [];
  const parts = {
    behaviour: ({ nodeId, input }: { nodeId: string; input: unknown }) => {
      calls.push(input);
      const reason = `nobody is called ${secret}`;
      if (nodeId === 'tell')
        throw new FlowError('REMOTE_REJECTED', { details: { remote: 'crm', status: 422, reason } });
      return { mail: secret, text: `Dear ${secret.toUpperCase()}`, no: 47_114_711 };
    },
  };
  const openWorker = () => ({ ...parts, ports: { seal: openVault({ secretKey }) } });
  const bench = createWorkbench([caller, callee], openWorker());
  const payload = openVault({ secretKey }).seal({ no: 7, people }, { env: 'dev', mask: ['people.email'] });
  await bench.carry(bench.accept(payload));
  await bench.settle();
  const child = bench.bus.triggers[1]!.executionId;
  expect(bench.bus.snapshot(child)?.status).toBe('waiting');
  const next = createWorkbench([caller, callee], { ...openWorker(), after: bench });
  await next.wake(child);
  await next.settle();
  expect(next.bus.snapshot(child)?.error).toMatchObject({ code: 'REMOTE_REJECTED' });
  expect(next.bus.snapshot('execution-1')?.error).toMatchObject({ code: 'RUN_CHILD_FAILED' });
  // The call itself has it in clear.
  expect(calls[1]).toMatchObject({ mail: secret, no: 47_114_711 });
  const { triggers, traces, history, ends, deadLetters, blobs } = next.bus;
  const told = [...ends.values()].flatMap((one) => [...one.values()]);
  const rests = JSON.stringify([triggers, traces, ...history.values(), told, ...deadLetters.values()]).toLowerCase();
  const texts = [...blobs.values()].map((bytes) => new TextDecoder().decode(bytes).toLowerCase());
  for (const text of [rests, ...texts]) expect(text).not.toContain(secret);
  expect(rests.includes('47114711')).toBe(count === 1);
});
