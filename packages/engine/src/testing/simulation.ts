import { FlowError } from '@crossdock/errors';
import { createEngine } from '../engine.ts';
import type { Engine } from '../engine-options.ts';
import { idempotencyKey } from '../idempotency-key.ts';
import type { EnginePorts } from '../ports.ts';
import { type LeaseMessage, MemoryBus } from './memory-bus.ts';
import { seededChance } from './seeded-chance.ts';
import { testFlow, testRunners, unavailable } from './test-nodes.ts';
import { VirtualClock } from './virtual-clock.ts';
import { leaseOf, memoryPorts, settleMicrotasks } from './workbench.ts';

/** How a schedule may go wrong, each at most `faults` times in all. */
export interface SimulationOptions {
  seed: number;
  executions?: number;
  workers?: number;
  faults?: number;
  /** Replaces a worker's ports, to show that a broken engine is caught. */
  mutate?(ports: EnginePorts): EnginePorts;
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

const ACK_WAIT_MS = 10_000;
const RESTART_MS = 2_000;
const MAX_STEPS = 20_000;

const flow = testFlow(
  {
    hook: 'trigger',
    map: 'pure',
    a: { type: 'effect', retry: { maxAttempts: 50, initialDelayMs: 600, factor: 2, maxDelayMs: 8_000, jitter: 0 } },
    b: { type: 'effect', retry: { maxAttempts: 50, initialDelayMs: 1_500, factor: 3, maxDelayMs: 8_000, jitter: 0 } },
    c: { type: 'effect', retry: { maxAttempts: 50, initialDelayMs: 3_000, factor: 2, maxDelayMs: 8_000, jitter: 0 } },
  },
  ['hook>map', 'map>a', 'a>b', 'map>c', 'b>c'],
);
/** Node and arrival of each effect that one execution must have. */
const EFFECTS: readonly [nodeId: string, iteration: number][] = [
  ['a', 0],
  ['b', 0],
  ['c', 0],
  ['c', 1],
];

/**
 * Runs one schedule: which await goes on next, where a worker dies, which ack is lost, which write is refused or left in doubt, which lease
 * runs out early and which timer fires twice all follow from the seed. Gives what was violated, empty when all held.
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
  private readonly calls = new Map<string, number>();
  private readonly problems: string[] = [];
  private readonly options: SimulationOptions;

  constructor(options: SimulationOptions) {
    this.options = options;
    this.chance = seededChance(options.seed);
    this.faultsLeft = options.faults ?? 4;
  }

  async toTheEnd(): Promise<string[]> {
    for (let at = 0; at < (this.options.workers ?? 2); at++) this.startWorker();
    for (let at = 0; at < (this.options.executions ?? 2); at++) this.acceptTrigger(at);
    let steps = 0;
    while (await this.step()) {
      if (++steps > MAX_STEPS) return [...this.problems, 'the schedule does not come to an end'];
      this.checkNobodyForgotten();
      if (this.problems.length > 0) break;
    }
    this.checkEnd();
    return this.problems;
  }

  private acceptTrigger(at: number): void {
    this.bus.accept({
      executionId: `e${at}`,
      flowId: flow.id,
      revision: 1,
      env: 'dev',
      nodeId: 'hook',
      receivedAt: new Date(this.clock.now()).toISOString(),
      headers: {},
      keys: {},
      payload: { at },
    });
  }

  private async step(): Promise<boolean> {
    await settleMicrotasks();
    const deliverable = this.bus.messages.filter(
      (one) => !one.acked && !one.held && one.availableAt <= this.clock.now(),
    );
    const alive = this.workers.filter(({ dead }) => !dead);
    const choices = this.points.length + (alive.length > 0 ? deliverable.length : 0);
    if (choices === 0) return this.moveTime();
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
    const guarded = {
      ...lease,
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
    this.workers.push(
      Object.assign(worker, { engine: createEngine(this.options.mutate?.(ports) ?? ports, { slots: 4 }) }),
    );
  }

  /** Like `kill -9`: nothing of it goes on, its leases run out, another starts. */
  private kill(worker: Worker): void {
    worker.dead = true;
    this.points = this.points.filter((point) => point.worker !== worker);
    for (const message of worker.holding) if (message.held) this.redeliverLater(message);
    void this.clock.sleep(RESTART_MS).then(() => this.startWorker());
  }

  private portsOf(worker: Worker): EnginePorts {
    const perfect = memoryPorts(this.bus, this.clock, [flow]);
    const call = <T>(apply: () => T): Promise<T> => this.call(worker, apply);
    return {
      ...perfect,
      journal: {
        read: (address) => call(() => this.bus.read(address)),
        write: (snapshot, version) => {
          const sent = structuredClone(snapshot);
          return call(() => this.bus.write(sent, version));
        },
      },
      timers: { arm: (address, timer) => call(() => this.bus.arm(address, timer)) },
      deadLetters: { put: (record) => call(() => void this.bus.deadLetters.set(record.executionId, record)) },
      clock: {
        now: () => this.clock.now(),
        sleep: (ms, signal) => this.clock.sleep(ms, signal).then(() => this.goOn(worker)),
      },
      runners: testRunners(async ({ nodeId, key }) => {
        if (nodeId === 'map') return undefined;
        await this.goOn(worker);
        if (this.chance.next() < 0.2) throw unavailable();
        this.calls.set(key, (this.calls.get(key) ?? 0) + 1);
        await this.goOn(worker);
        // The effect was applied, but its answer was cut off.
        if (this.fault(0.05)) throw unavailable();
        return undefined;
      }),
      newToken: () => `t${this.chance.below(Number.MAX_SAFE_INTEGER)}`,
      random: () => this.chance.next(),
    };
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

  /** I1: whatever has not ended has a lease that has not been acked, or a timer with the journal's token. */
  private checkNobodyForgotten(): void {
    for (const { executionId } of this.bus.triggers) {
      const snapshot = this.bus.snapshot(executionId);
      if (snapshot && (snapshot.status === 'succeeded' || snapshot.status === 'failed')) continue;
      const leased = this.bus.messages.some((one) => !one.acked && one.address.executionId === executionId);
      const timer = this.bus.timers.get(executionId);
      if (!leased && timer?.token !== snapshot?.lease)
        this.problems.push(`${executionId} is ${snapshot?.status} and nobody will wake it`);
      if (timer && !this.bus.history.get(executionId)?.some(({ lease }) => lease === timer.token))
        this.problems.push(`${executionId} has a timer that the journal does not know`);
    }
  }

  private checkEnd(): void {
    for (const { executionId } of this.bus.triggers) {
      const writes = this.bus.history.get(executionId) ?? [];
      const ends = writes.filter(({ status }) => status === 'succeeded' || status === 'failed');
      if (ends.length !== 1) this.problems.push(`${executionId} has ${ends.length} terminal records`);
      const [end] = ends;
      if (end?.status === 'failed') this.problems.push(`${executionId} failed with ${end.error?.code}`);
      for (const [nodeId, iteration] of EFFECTS)
        if (!this.calls.has(idempotencyKey(executionId, nodeId, iteration)))
          this.problems.push(`${executionId} never did ${nodeId} ${iteration}`);
      if (writes.some((write, at) => write.write !== at + 1)) this.problems.push(`${executionId} miscounts its writes`);
    }
    const wanted = this.bus.triggers.length * EFFECTS.length;
    if (this.calls.size > wanted) this.problems.push(`${this.calls.size} effects by key, ${wanted} wanted`);
    if (this.bus.timers.size > 0) this.problems.push('a timer is left behind');
  }
}
