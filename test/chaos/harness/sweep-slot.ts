import { type ChildProcess, fork } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Bus, connectBus } from '@crossdock/bus';
import { startNatsServer, type TestNatsServer } from '@crossdock/bus/testing';
import { type ExecutionStatus, TERMINAL_STATUSES } from '@crossdock/engine';
import { type BusView, viewBus } from './bus-view.ts';
import type { Accepted } from './load.ts';
import type { SweepScenario } from './sweep-scenarios.ts';

/** What one crash (or two) came to. */
export interface SweepRun {
  /** Where the worker died, in the order of the crashes asked for; shorter when it ended before it came so far. */
  moments: string[];
  accepted: Accepted[];
  /** How each execution ended; undefined for one that did not within a minute. */
  ends: (ExecutionStatus | undefined)[];
  /** Messages that nobody acked in the end. */
  pending: number;
}

/** A nats-server of its own with one worker at a time. */
export interface SweepSlot {
  /** Posts the scenario's triggers as `order`, lets the worker die at each of `crashes` in turn, and lets the next one finish. */
  run(scenario: SweepScenario, order: string, crashes: readonly number[]): Promise<SweepRun>;
  close(): Promise<void>;
}

/** So that a crash costs a second, not ten. */
const ACK_WAIT_MS = 1000;
const PATIENCE_MS = 60_000;
const LOOK_EVERY_MS = 150;
const program = fileURLToPath(new URL('sweep-child.ts', import.meta.url));

export async function openSweepSlot(scenarios: readonly SweepScenario[]): Promise<SweepSlot> {
  const nats = await startNatsServer();
  const bus = await connectBus({ servers: nats.url, replicas: 1, name: 'sweep driver' });
  const view = await viewBus(nats.url);
  for (const flow of scenarios.flatMap(({ flows }) => flows)) {
    await bus.registry.putRevision(flow.id, 1, flow);
    const deployedAt = new Date().toISOString();
    await bus.registry.activate({ deploymentId: flow.id, env: 'dev', flowId: flow.id, revision: 1, deployedAt });
  }
  let child = await startChild(nats, 0);
  await view.setAckWait(ACK_WAIT_MS);
  return {
    async run(scenario, order, crashes) {
      const [first = 0, ...others] = crashes;
      if (!(await arm(child, first))) child = await startChild(nats, first);
      const accepted = await accept(bus, scenario, order);
      const ids = accepted.map(({ executionId }) => executionId);
      const moments: string[] = [];
      for (const next of [...others, 0]) {
        const isOver = await Promise.race([ended(child), allOver({ bus, view }, ids, child)]);
        if (isOver) break;
        moments.push(said(child));
        child = await startChild(nats, next);
      }
      const ends = await settle(bus, ids);
      if (!(await arm(child, 0))) child = await startChild(nats, 0);
      return { moments, accepted, ends, pending: await pendingAtLast(view) };
    },
    async close() {
      child.kill('SIGKILL');
      await view.close();
      await bus.close();
      await nats.stop();
    },
  };
}

const output = new WeakMap<ChildProcess, string>();
const said = (child: ChildProcess): string => (output.get(child) ?? '').trim();

async function startChild(nats: TestNatsServer, crashAt: number): Promise<ChildProcess> {
  const child = fork(program, [nats.url, String(crashAt)], {
    execArgv: [],
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  child.stdout?.on('data', (chunk: Buffer) => output.set(child, said(child) + chunk.toString()));
  await Promise.race([heard(child, 'ready'), ended(child)]);
  return child;
}

/** False when it has died. */
function arm(child: ChildProcess, crashAt: number): Promise<boolean> {
  const armed = heard(child, 'armed').then(() => true);
  // It may be gone by now.
  child.send({ crashAt }, () => undefined);
  return Promise.race([armed, ended(child)]);
}

function heard(child: ChildProcess, word: string): Promise<void> {
  return new Promise((resolve) => {
    const hear = (message: unknown): void => {
      if (message !== word) return;
      child.off('message', hear);
      resolve();
    };
    child.on('message', hear);
  });
}

/** False: it died. */
function ended(child: ChildProcess): Promise<false> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(false);
  return new Promise((resolve) => child.once('close', () => resolve(false)));
}

async function accept(bus: Bus, { name, triggers = 1, inOrder }: SweepScenario, order: string): Promise<Accepted[]> {
  const accepted: Accepted[] = [];
  for (let seq = 1; seq <= triggers; seq++) {
    const sentAt = Date.now();
    const { executionId } = await bus.triggers.accept({
      flowId: name,
      revision: 1,
      env: 'dev',
      nodeId: 'hook',
      receivedAt: new Date().toISOString(),
      headers: {},
      keys: {},
      payload: { order, seq },
      dedupeKey: `${order}/${seq}`,
      ...(inOrder ? { orderingKey: order } : {}),
    });
    accepted.push({ env: 'dev', path: name, order, seq, executionId, sentAt, acceptedAt: Date.now(), tries: 1 });
  }
  return accepted;
}

const SETTLED = new Set<ExecutionStatus>([...TERMINAL_STATUSES, 'in-doubt']);

/** True once all executions have ended and every lease is acked; never answers when the child dies before. */
async function allOver(
  { bus, view }: { bus: Bus; view: BusView },
  ids: readonly string[],
  child: ChildProcess,
): Promise<true> {
  for (;;) {
    if (child.exitCode !== null || child.signalCode !== null) return new Promise(() => undefined);
    const ends = await Promise.all(ids.map((id) => endOf(bus, id)));
    if (ends.every((end) => end !== undefined) && (await view.pending()) === 0) return true;
    await sleep(LOOK_EVERY_MS);
  }
}

async function settle(bus: Bus, ids: readonly string[]): Promise<(ExecutionStatus | undefined)[]> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const ends = await Promise.all(ids.map((id) => endOf(bus, id)));
    if (ends.every((end) => end !== undefined) || Date.now() > deadline) return ends;
    await sleep(LOOK_EVERY_MS);
  }
}

async function endOf(bus: Bus, executionId: string): Promise<ExecutionStatus | undefined> {
  const status = (await bus.executions.read(executionId))?.status;
  return status !== undefined && SETTLED.has(status) ? status : undefined;
}

async function pendingAtLast(view: BusView): Promise<number> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const pending = await view.pending();
    if (pending === 0 || Date.now() > deadline) return pending;
    await sleep(LOOK_EVERY_MS);
  }
}
