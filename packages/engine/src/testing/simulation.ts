import { FlowError } from '@crossdock/errors';
import { createEngine } from '../engine.ts';
import type { Engine } from '../engine-options.ts';
import { isTerminal } from '../execution.ts';
import { CRASHES_BEFORE_CONDEMNED } from '../poison.ts';
import type { EnginePorts } from '../ports.ts';
import type { JournalSnapshot } from '../records.ts';
import { forgottenIn } from './forgotten.ts';
import { type LeaseMessage, MemoryBus } from './memory-bus.ts';
import { behaviourOf, type Scenario, type ScenarioName, scenarios } from './scenarios.ts';
import { seededChance } from './seeded-chance.ts';
import { testRunners, unavailable } from './test-nodes.ts';
import { VirtualClock } from './virtual-clock.ts';
import { leaseOf, memoryPorts, settleMicrotasks } from './workbench.ts';

/** How a schedule may go wrong, each at most `faults` times in all. */
export interface SimulationOptions {
  seed: number;
  scenario?: ScenarioName;
  executions?: number;
  workers?: number;
  faults?: number;
  /** Replaces a worker's ports, to show that a broken engine or bus is caught. */
  mutate?(ports: EnginePorts, bus: MemoryBus): EnginePorts;
}

interface Worker {
  id: number;
  dead: boolean;
  engine: Engine;
  stop: AbortController;
  holding: Set<LeaseMessage>;
}

interface Point {
  worker: Worker;
  go(): void;
}

const ACK_WAIT_MS = 8_000;
const RESTART_MS = 2_000;
const MAX_STEPS = 40_000;

/**
 * Runs one schedule: which await goes on next, where a worker dies, which ack is lost, which write is refused, applied unheard or answered
 * with "still being applied", which lease runs out early, which timer fires late or twice, when events, cancellations and decisions come
 * from outside all follow from the seed. Gives what was violated, empty when all held.
 */
export async function simulate(options: SimulationOptions): Promise<string[]> {
  const run = new Simulation(options);
  return run.toTheEnd();
}

class Simulation {
  private readonly bus = new MemoryBus();
  private readonly clock = new VirtualClock();
  private readonly chance: ReturnType<typeof seededChance>;
  private readonly workers: Worker[] = [];
  private points: Point[] = [];
  private faultsLeft: number;
  /** Calls applied: by key how often, and in order. */
  private readonly calls = new Map<string, { nodeId: string; root: string; count: number }>();
  private readonly firstCalls: { nodeId: string; executionId: string }[] = [];
  private readonly problems: string[] = [];
  private readonly repeats = new Map<string, number>();
  private readonly decided = new Set<string>();
  private fromOutside: (() => void)[] = [];
  private readonly roots: string[] = [];
  private readonly options: SimulationOptions;
  private readonly scenario: Scenario;

  constructor(options: SimulationOptions) {
    this.options = options;
    this.scenario = scenarios[options.scenario ?? 'retries'];
    this.chance = seededChance(options.seed);
    this.faultsLeft = options.faults ?? 4;
  }

  async toTheEnd(): Promise<string[]> {
    for (let at = 0; at < (this.options.workers ?? 2); at++) this.startWorker();
    for (let at = 0; at < (this.options.executions ?? 2); at++) this.acceptTrigger(at);
    let steps = 0;
    while (await this.step()) {
      if (++steps > MAX_STEPS) return [...this.problems, 'the schedule does not come to an end'];
      this.problems.push(...forgottenIn(this.bus));
      if (this.problems.length > 0) break;
    }
    this.checkEnd();
    return this.problems;
  }

  private acceptTrigger(at: number): void {
    const { flows, lane, payload, outside } = this.scenario;
    const [flow] = flows;
    const executionId = `e${at}`;
    const address = { env: 'dev', flowId: flow!.id, executionId };
    this.roots.push(executionId);
    this.bus.accept(
      {
        ...address,
        revision: 1,
        nodeId: 'hook',
        receivedAt: new Date(this.clock.now()).toISOString(),
        headers: {},
        keys: {},
        payload: payload?.(at) ?? { at },
      },
      lane?.(at),
    );
    if (outside === 'event')
      this.fromOutside.push(() => {
        const event = { specversion: '1.0' as const, id: `ev${at}`, source: 'x', type: 't', time: '' };
        this.bus.emit('dev', `k${at}`, event, this.clock.now());
      });
    if (outside === 'cancel' && at % 2 === 1)
      this.fromOutside.push(() => {
        this.bus.wantCancel(executionId, 'Ada');
        this.bus.command(address, { type: 'cancel', by: 'Ada' });
      });
  }

  private async step(): Promise<boolean> {
    await settleMicrotasks();
    const deliverable = this.bus.messages.filter(
      (one) => !one.acked && !one.held && one.availableAt <= this.clock.now(),
    );
    const alive = this.workers.filter(({ dead }) => !dead);
    const choices = this.points.length + (alive.length > 0 ? deliverable.length : 0);
    if (this.fromOutside.length > 0 && this.chance.below(choices + 4) === 0) {
      this.fromOutside.shift()?.();
      return true;
    }
    if (choices === 0) return this.moveTime() || this.decide();
    const choice = this.chance.below(choices);
    const point = this.points[choice];
    if (!point) {
      this.deliver(this.chance.pick(alive), deliverable[choice - this.points.length]!);
    } else if (this.fault(0.02)) this.kill(point.worker);
    else {
      this.points.splice(choice, 1);
      point.go();
    }
    return true;
  }

  /** Nothing can go on before the next alarm, timer, redelivery or restart. */
  private moveTime(): boolean {
    const timers = [...this.bus.timers.values()].map(({ dueAt }) => dueAt);
    const held = this.bus.messages.filter((one) => !one.acked && !one.held).map(({ availableAt }) => availableAt);
    const next = Math.min(...timers, ...held, this.clock.nextAlarm() ?? Number.POSITIVE_INFINITY);
    if (next === Number.POSITIVE_INFINITY) return false;
    const lateMs = this.chance.below(250);
    this.clock.moveTo(Math.max(next, this.clock.now()) + lateMs);
    for (const [executionId, { dueAt, address, token }] of this.bus.timers) {
      if (dueAt > this.clock.now()) continue;
      this.bus.fire(executionId);
      if (this.fault(0.05)) this.bus.send('timer', address, token);
    }
    return true;
  }

  /** Nothing goes on by itself any more: what is left to come from outside comes now, and people decide what is in doubt. */
  private decide(): boolean {
    const late = this.fromOutside.shift();
    if (late) {
      late();
      return true;
    }
    const { resolves: outcome } = this.scenario;
    for (const executionId of this.roots) {
      const snapshot = this.bus.snapshot(executionId);
      const entry = snapshot?.frontier.find(({ wait }) => wait?.kind === 'doubt');
      const round = `${executionId} ${snapshot?.write}`;
      if (!snapshot || entry?.wait?.kind !== 'doubt' || !outcome || this.decided.has(round)) continue;
      this.decided.add(round);
      if (outcome === 'repeat') this.repeats.set(executionId, (this.repeats.get(executionId) ?? 0) + 1);
      const { nodeId, iteration, wait } = entry;
      this.bus.command(snapshot, { type: 'resolve', by: 'Ada', nodeId, iteration, doubtId: wait.id, outcome });
      return true;
    }
    return false;
  }

  private deliver(worker: Worker, message: LeaseMessage): void {
    const lease = leaseOf(this.bus, message, this.clock);
    worker.holding.add(message);
    const delivery = message.deliveries;
    const whenAlive = (act: () => void): void => {
      if (!worker.dead) act();
    };
    const ack = (): void => {
      if (this.fault(0.03)) this.redeliverLater(message);
      else lease.ack();
    };
    const receivedAt = this.clock.now();
    const guarded = {
      ...lease,
      // It is given to another when more time has passed than anyone takes it to be theirs alone.
      get heldSince() {
        return message.deliveries === delivery ? receivedAt : 0;
      },
      ack: () => whenAlive(ack),
      release: (ms: number) => whenAlive(() => lease.release(ms)),
    };
    void worker.engine.carry(guarded, worker.stop.signal).then(() => {
      worker.holding.delete(message);
      // Neither acked nor released: the lease runs out.
      if (!worker.dead && message.held && message.deliveries === delivery) this.redeliverLater(message);
    });
    // A worker frozen for longer than the lease: another gets it while this one goes on.
    if (this.fault(0.03)) this.redeliverLater(message, this.chance.below(ACK_WAIT_MS));
  }

  private redeliverLater(message: LeaseMessage, delayMs = ACK_WAIT_MS): void {
    message.held = false;
    message.availableAt = this.clock.now() + delayMs;
  }

  private startWorker(): void {
    const worker = {
      id: this.workers.length,
      dead: false,
      stop: new AbortController(),
      holding: new Set<LeaseMessage>(),
    };
    const ports = this.portsOf(worker as Worker);
    const engine = createEngine(this.options.mutate?.(ports, this.bus) ?? ports, { slots: 4, itemsInProcess: 2 });
    this.workers.push(Object.assign(worker, { engine }));
  }

  /** Like `kill -9`: nothing of it goes on, its leases run out, another starts. */
  private kill(worker: Worker): void {
    worker.dead = true;
    this.points = this.points.filter((point) => point.worker !== worker);
    for (const message of worker.holding) if (message.held) this.redeliverLater(message);
    void this.clock.sleep(RESTART_MS).then(() => this.startWorker());
  }

  private portsOf(worker: Worker): EnginePorts {
    const perfect = memoryPorts(this.bus, this.clock, this.scenario.flows);
    const call = <T>(apply: () => T): Promise<T> => this.call(worker, apply);
    const through = <Port extends object>(port: Port): Port =>
      Object.fromEntries(
        Object.entries(port).map(([name, method]) => [
          name,
          (...values: unknown[]) => call(() => (method as (...values: unknown[]) => unknown)(...values)),
        ]),
      ) as Port;
    return {
      ...perfect,
      journal: {
        read: (address) => call(() => this.bus.read(address)),
        write: (snapshot, version) => this.write(worker, structuredClone(snapshot), version),
      },
      timers: through(perfect.timers),
      deadLetters: through(perfect.deadLetters),
      lanes: {
        ...through(perfect.lanes),
        // Sent in the moment in which the lease was seen to be held alone.
        claim: async (...values) => {
          const version = await perfect.lanes.claim(...values);
          await call(() => undefined);
          return version;
        },
      },
      children: {
        ...through(perfect.children),
        // Two messages on the bus: whoever records the end may die before the bell.
        ended: async (parent, end) => {
          await call(() => this.bus.recordEnd(parent, end));
          await call(() => this.bus.command(parent, { type: 'bell' }));
        },
      },
      events: through(perfect.events),
      commands: through(perfect.commands),
      clock: {
        now: () => this.clock.now(),
        sleep: (ms, signal) => this.clock.sleep(ms, signal).then(() => this.goOn(worker)),
        after: (ms, call) => this.clock.after(ms, () => void this.goOn(worker).then(call)),
      },
      runners: testRunners(
        behaviourOf(this.scenario, async ({ nodeId, key, executionId }) => {
          await this.goOn(worker);
          if (this.chance.next() < 0.2) throw unavailable();
          if (!this.scenario.fails?.(nodeId)) this.apply(nodeId, key, executionId);
          await this.goOn(worker);
          // The effect was applied, but its answer was cut off.
          if (this.fault(0.05)) throw unavailable();
        }),
      ),
      newToken: () => `t${this.chance.below(Number.MAX_SAFE_INTEGER)}`,
      random: () => this.chance.next(),
    };
  }

  private apply(nodeId: string, key: string, executionId: string): void {
    const known = this.calls.get(key);
    if (!known) this.firstCalls.push({ nodeId, executionId });
    this.calls.set(key, { nodeId, root: this.rootOf(executionId), count: (known?.count ?? 0) + 1 });
  }

  private rootOf(executionId: string): string {
    const parent = this.bus.triggers.find((one) => one.executionId === executionId)?.parent;
    return parent ? this.rootOf(parent.executionId) : executionId;
  }

  /** A call to the bus: it may be refused, applied and left in doubt, or its caller may die before or after it is applied. */
  private async call<T>(worker: Worker, apply: () => T): Promise<T> {
    await this.goOn(worker);
    if (this.fault(0.03)) throw new FlowError('SYSTEM_BUS_UNAVAILABLE');
    const result = apply();
    const inDoubt = this.fault(0.03);
    await this.goOn(worker);
    if (inDoubt) throw new FlowError('SYSTEM_BUS_UNAVAILABLE');
    return result;
  }

  /**
   * A journal write as its port makes it of JetStream's answers: "still being applied" (10164) is tried again, a lost ack is settled by
   * reading back and comparing the writer's token.
   */
  private async write(worker: Worker, snapshot: JournalSnapshot, version: number): Promise<number> {
    for (;;) {
      await this.goOn(worker);
      if (this.fault(0.03)) continue;
      if (!this.fault(0.03)) return this.call(worker, () => this.bus.write(snapshot, version));
      try {
        this.bus.write(snapshot, version);
      } catch {
        // Its answer was lost all the same.
      }
      await this.goOn(worker);
      const stored = this.bus.read(snapshot);
      if (stored?.snapshot.token === snapshot.token) return stored.version;
      if ((stored?.version ?? 0) !== version) throw new FlowError('SYSTEM_LEASE_LOST');
    }
  }

  /** Waits until the schedule lets this worker go on; a dead one never does. */
  private goOn(worker: Worker): Promise<void> {
    return new Promise((go) => {
      if (!worker.dead) this.points.push({ worker, go });
    });
  }

  private fault(probability: number): boolean {
    if (this.faultsLeft === 0 || this.chance.next() >= probability) return false;
    this.faultsLeft--;
    return true;
  }

  private checkEnd(): void {
    for (const { executionId } of this.bus.triggers) {
      const writes = this.bus.history.get(executionId) ?? [];
      const ends = writes.filter(isTerminal);
      if (ends.length !== 1) this.problems.push(`${executionId} has ${ends.length} terminal records`);
      if (writes.some((write, at) => write.write !== at + 1)) this.problems.push(`${executionId} miscounts its writes`);
      const [end] = ends;
      if (!end || !this.roots.includes(executionId)) continue;
      // Without a process of its own, what looks like so many crashes in a row condemns.
      const faults = (this.options.faults ?? 4) - this.faultsLeft;
      const isCondemned = end.error?.code === 'RUN_CRASHED' || end.error?.code === 'RUN_CHILD_FAILED';
      if (isCondemned && faults >= CRASHES_BEFORE_CONDEMNED) continue;
      if (!this.scenario.ends.includes(end.status))
        this.problems.push(`${executionId} ended as ${end.status} with ${end.error?.code}`);
      const { payload } = this.bus.triggers.find((one) => one.executionId === executionId)!;
      this.problems.push(
        ...this.scenario.verify({
          snapshot: end,
          payload,
          applied: (key) => this.calls.get(key)?.count ?? 0,
          appliedOf: (nodeId) =>
            [...this.calls.values()].filter((one) => one.nodeId === nodeId && one.root === executionId).length,
          repeats: this.repeats.get(executionId) ?? 0,
        }),
      );
    }
    this.checkOrder();
    if (this.bus.timers.size > 0) this.problems.push('a timer is left behind');
  }

  /** Of each node, the first calls of a lane's executions come in the order of their triggers; and no execution begins before its forerunner ended. */
  private checkOrder(): void {
    const { lane, passes } = this.scenario;
    // Who passes a sleeping one is ahead of it from then on, and it may have slept before its first call.
    if (!lane || passes) return;
    const orderOf = (name: string | undefined): string[] => this.roots.filter((_, at) => lane(at) === name);
    for (const name of new Set(this.roots.map((_, at) => lane(at)))) {
      const wanted = orderOf(name).flatMap((executionId) => ['a', 'b'].map((nodeId) => `${executionId} ${nodeId}`));
      const found = this.firstCalls
        .map(({ executionId, nodeId }) => `${executionId} ${nodeId}`)
        .filter((call) => wanted.includes(call));
      const ordered = wanted.filter((call) => found.includes(call));
      if (found.join() !== ordered.join()) this.problems.push(`lane ${name} ran as ${found.join()}`);
    }
  }
}
