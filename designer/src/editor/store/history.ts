import type { FlowChange } from '@crossdock/flow-model';

/** One step of undo: the change and its inverse. */
export interface Step {
  readonly redo: FlowChange;
  readonly undo: FlowChange;
  /** Changes with the same key in quick succession are one step, such as the letters of one field. */
  readonly mergeKey?: string | undefined;
  /** When its last change was made (ms). */
  readonly at: number;
}

export interface History {
  readonly past: readonly Step[];
  readonly future: readonly Step[];
}

export const EMPTY_HISTORY: History = { past: [], future: [] };

/** A pause longer than this begins a new step. */
export const MERGE_WITHIN_MS = 1_500;
const MOST_STEPS = 500;

/** Adds a change that was just made; what was undone before is gone. */
export function record(history: History, step: Step): History {
  const last = history.past.at(-1);
  if (last && history.future.length === 0 && belongsTo(last, step)) {
    const merged: Step = {
      redo: batch(last.redo, step.redo),
      undo: batch(step.undo, last.undo),
      mergeKey: step.mergeKey,
      at: step.at,
    };
    return { past: [...history.past.slice(0, -1), merged], future: [] };
  }
  return { past: [...history.past, step].slice(-MOST_STEPS), future: [] };
}

/** Ends the current step, so that the next change begins a new one. */
export function closeStep(history: History): History {
  const last = history.past.at(-1);
  if (last?.mergeKey === undefined) return history;
  return { ...history, past: [...history.past.slice(0, -1), { ...last, mergeKey: undefined }] };
}

/** The step to take back, with the history after it. */
export function stepBack(history: History): { step: Step; history: History } | undefined {
  const step = history.past.at(-1);
  if (!step) return undefined;
  const closed = { ...step, mergeKey: undefined };
  return { step, history: { past: history.past.slice(0, -1), future: [closed, ...history.future] } };
}

/** The step to make again, with the history after it. */
export function stepForward(history: History): { step: Step; history: History } | undefined {
  const [step, ...future] = history.future;
  return step && { step, history: { past: [...history.past, step], future } };
}

function belongsTo(last: Step, step: Step): boolean {
  return step.mergeKey !== undefined && step.mergeKey === last.mergeKey && step.at - last.at <= MERGE_WITHIN_MS;
}

function batch(first: FlowChange, second: FlowChange): FlowChange {
  return { kind: 'batch', changes: [...parts(first), ...parts(second)] };
}

const parts = (change: FlowChange): readonly FlowChange[] => (change.kind === 'batch' ? change.changes : [change]);
