import type { MappingClock } from './clock.ts';

/** One evaluation, ready to be done in another thread. */
export interface IsolateTask {
  readonly source: string;
  /** `timeoutMs` is what the evaluation has left. */
  readonly limits: Readonly<Record<'timeoutMs' | 'maxDepth' | 'maxSequence' | 'maxResultBytes', number>>;
  readonly input: unknown;
  /** Data alone: what can be cloned. */
  readonly bindings: Readonly<Record<string, unknown>>;
  /** Makes time and chance in there what they were where the evaluation began. */
  readonly clock: MappingClock;
  /** Called in the thread that asked, with and for data. */
  readonly functions: Readonly<Record<string, (...args: unknown[]) => unknown>>;
}

/**
 * Does evaluations away from the event loop, in a thread that is killed when their time is over: those that take long, and those that nothing
 * else can stop.
 */
export interface Isolate {
  /**
   * Gives plain JSON. Throws `DATA_MAPPING` or `DATA_MAPPING_LIMIT`, the latter no later than 50 ms after `timeoutMs`; something else where the task
   * cannot be sent.
   */
  evaluate(task: IsolateTask): Promise<unknown>;
}

let installed: Isolate | undefined;
let inside = false;

/** Gives this process's mappings an isolate; undefined takes it away. Without one everything is evaluated in place. */
export function useIsolate(isolate: Isolate | undefined): void {
  installed = isolate;
}

/** The isolate of this process, if it has one. */
export function currentIsolate(): Isolate | undefined {
  return installed;
}

/** Called once in a thread whose owner kills it when an evaluation's time is over. */
export function actAsIsolate(): void {
  inside = true;
}

/** Whether this thread may be killed: evaluations stay in it to their deadline, and may use what nothing else can stop. */
export function isInsideIsolate(): boolean {
  return inside;
}
