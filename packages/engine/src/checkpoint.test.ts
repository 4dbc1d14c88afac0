import { describe, expect, it } from 'vitest';
import { createWorkbench, testFlow, unavailable } from './testing/index.ts';

const waitingAtB = (settings = {}) =>
  testFlow(
    { hook: 'trigger', a: 'effect', b: { type: 'effect', retry: { initialDelayMs: 60_000 } } },
    ['hook>a', 'a>b'],
    settings,
  );

/** Seals every `email`, visibly. */
const seal = {
  seal: (value: unknown) => JSON.parse(JSON.stringify(value).replaceAll('"clear', '"sealed')) as unknown,
  open: (value: unknown) => JSON.parse(JSON.stringify(value).replaceAll('"sealed', '"clear')) as unknown,
  met: () => undefined,
  redact: <T>(value: T) => value,
  hold: () => () => undefined,
};

/** As a vault is in one process: it knows the masked values that it has opened itself. A sealed text begins with `~`. */
function sealOfOneProcess() {
  const known = new Set<string>();
  return {
    seal: (value: unknown) =>
      [...known].reduce<unknown>(
        (rest, clear) => JSON.parse(JSON.stringify(rest).replaceAll(`"${clear}"`, `"~${clear}"`)),
        value,
      ),
    open: (value: unknown) =>
      JSON.parse(
        JSON.stringify(value).replace(/"~([^"]*)"/g, (_, clear: string) => {
          known.add(clear);
          return `"${clear}"`;
        }),
      ) as unknown,
    met: () => undefined,
    redact: <T>(value: T) => value,
    hold: () => () => undefined,
  };
}

describe('a record', () => {
  it('spills outputs to blobs when it would be too large, and reads them back', async () => {
    const big = 'x'.repeat(600 * 1024);
    const got: unknown[] = [];
    const behaviour = ({ nodeId, attempt, input }: { nodeId: string; attempt: number; input: unknown }) => {
      if (nodeId === 'a') return { big };
      if (attempt === 1) throw unavailable();
      got.push(input);
      return undefined;
    };
    const first = createWorkbench(waitingAtB(), { behaviour });
    const message = first.accept();
    await first.carry(message);
    const snapshot = first.snapshot(message)!;
    expect(JSON.stringify(snapshot).length).toBeLessThan(10_000);
    expect(Object.values(snapshot.outputs)).toEqual([{ blob: 'blob-1' }]);
    await first.wake('execution-1');
    expect(got).toEqual([{ big }]);
  });

  it('brings masked values along for the worker that wakes it, which finds them in what targets answer', async () => {
    const flow = testFlow(
      {
        ...{ hook: 'trigger', forget: { type: 'pure', config: { value: '= no' } } },
        w: { type: 'wait', config: { for: 'duration', durationMs: 3_600_000 } },
        ...{ a: 'effect', b: 'effect' },
      },
      ['hook>forget', 'forget>w', 'w>a', 'a>b'],
      { mask: ['email'] },
    );
    const behaviour = ({ nodeId }: { nodeId: string }) => (nodeId === 'a' ? { contact: 'ann@x' } : undefined);
    const before = createWorkbench(flow, { behaviour, ports: { seal: sealOfOneProcess() } });
    await before.carry(before.accept({ no: 1, email: '~ann@x' }));
    const after = createWorkbench(flow, { behaviour, after: before, ports: { seal: sealOfOneProcess() } });
    await after.wake('execution-1');
    expect(after.bus.snapshot('execution-1')?.status).toBe('succeeded');
    const kept = JSON.stringify([after.bus.traces, ...after.bus.history.values()]);
    expect(kept).toMatch(/contact\W+~ann@x/);
    expect(kept).not.toMatch(/[^~]ann@x/);
  });

  it('holds masked values sealed, as do trace and dead letter, and nodes get them opened', async () => {
    const got: unknown[] = [];
    const bench = createWorkbench(waitingAtB({ mask: ['email'] }), {
      ports: { seal },
      behaviour: ({ nodeId, attempt, input }) => {
        got.push(input);
        if (nodeId === 'b' && attempt === 1) throw unavailable();
      },
    });
    const message = bench.accept({ email: 'sealed@x' });
    await bench.carry(message);
    await bench.wake('execution-1');
    expect(got).toEqual([{ email: 'clear@x' }, { email: 'clear@x' }, { email: 'clear@x' }]);
    expect(JSON.stringify([...bench.bus.history.values(), bench.bus.traces])).not.toContain('clear@x');
    expect(JSON.stringify(bench.bus.traces)).toContain('sealed@x');
  });

  it('keeps only what a later node may still ask for', async () => {
    const flow = testFlow(
      {
        hook: 'trigger',
        a: 'effect',
        other: 'pure',
        b: { type: 'effect', config: { url: '= $nodes.a.n & $trigger.n' }, retry: { initialDelayMs: 60_000 } },
      },
      ['hook>a', 'a>other', 'other>b'],
    );
    const bench = createWorkbench(flow, {
      behaviour: ({ nodeId, attempt }) => {
        if (nodeId === 'b' && attempt === 1) throw unavailable();
        return { n: nodeId };
      },
    });
    const message = bench.accept({ n: 'hook' });
    await bench.carry(message);
    const values = Object.values(bench.snapshot(message)!.outputs).map((output) => 'value' in output && output.value);
    expect(values).toEqual([{ n: 'other' }, { n: 'a' }, { n: 'hook' }]);
  });
});
