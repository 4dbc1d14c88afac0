import type { Clock } from './ports.ts';

/** One of a worker's slots, held while an execution runs. `leave` may be called twice. */
export interface Slot {
  leave(): void;
}

/** An execution's stay at one node: its attempts and the in-process waits between them. */
export interface Stay {
  /** Tells how an attempt went. */
  attempted(succeeded: boolean): void;
  leave(): void;
}

/**
 * Shares a worker's slots. `enter` queues for a slot, first come first served. `visit` admits an execution to a node. It refuses when the
 * node already holds half of the slots and has not shown that it works: `busy` when it may yet (worth a short wait), `failing` when it
 * fails of late (wait durably).
 */
export interface SlotGate {
  enter(signal: AbortSignal): Promise<Slot>;
  visit(flowId: string, nodeId: string): Stay | 'busy' | 'failing';
  busy(): number;
}

interface NodeLoad {
  held: number;
  begunSinceSuccess: number;
  /** Outcomes of late, newest last: true = succeeded. */
  recent: boolean[];
  lastOutcomeAt: number;
}

const RECENT_OUTCOMES = 16;
/** After so long without an outcome the past says nothing. */
const FORGET_AFTER_MS = 60_000;

export function createSlotGate(slots: number, clock: Pick<Clock, 'now'>): SlotGate {
  const queue: (() => void)[] = [];
  const loads = new Map<string, NodeLoad>();
  const share = Math.max(1, Math.floor(slots / 2));
  let busy = 0;

  const release = (): void => {
    const next = queue.shift();
    if (next) next();
    else busy--;
  };

  const newSlot = (): Slot => {
    let left = false;
    return {
      leave() {
        if (left) return;
        left = true;
        release();
      },
    };
  };

  const visit: SlotGate['visit'] = (flowId, nodeId) => {
    const key = `${flowId}/${nodeId}`;
    const load = freshLoad(loads, key, clock.now());
    if (load.held >= share && isFailing(load)) return 'failing';
    if (load.held >= share && !hasProven(load, share)) return 'busy';
    load.held++;
    load.begunSinceSuccess++;
    let left = false;
    return {
      attempted(succeeded) {
        load.lastOutcomeAt = clock.now();
        if (succeeded) load.begunSinceSuccess = 0;
        load.recent.push(succeeded);
        if (load.recent.length > RECENT_OUTCOMES) load.recent.shift();
      },
      leave() {
        if (left) return;
        left = true;
        load.held--;
        if (load.held === 0 && load.recent.every(Boolean)) loads.delete(key);
      },
    };
  };

  return {
    enter(signal) {
      return new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason);
        if (busy < slots) {
          busy++;
          return resolve(newSlot());
        }
        const take = (): void => {
          signal.removeEventListener('abort', giveUp);
          resolve(newSlot());
        };
        const giveUp = (): void => {
          queue.splice(queue.indexOf(take), 1);
          reject(signal.reason);
        };
        signal.addEventListener('abort', giveUp, { once: true });
        queue.push(take);
      });
    },
    visit,
    busy: () => busy,
  };
}

function freshLoad(loads: Map<string, NodeLoad>, key: string, now: number): NodeLoad {
  const known = loads.get(key);
  if (known && (known.held > 0 || now - known.lastOutcomeAt < FORGET_AFTER_MS)) return known;
  const load: NodeLoad = { held: 0, begunSinceSuccess: 0, recent: [], lastOutcomeAt: now };
  loads.set(key, load);
  return load;
}

function isFailing({ recent }: NodeLoad): boolean {
  return recent.length >= 3 && recent.filter((succeeded) => !succeeded).length * 2 >= recent.length;
}

/** A target that hangs has not failed yet: so it must also answer about as often as it is called. */
function hasProven(load: NodeLoad, share: number): boolean {
  return load.recent.at(-1) === true && load.begunSinceSuccess < share;
}
