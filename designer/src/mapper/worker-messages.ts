import type { ErrorJson } from '@crossdock/errors';
import type { IsolateTask } from '@crossdock/mapping';

/** An evaluation on its way to the web worker; functions stay in the page, only their names go. */
export interface SentTask extends Omit<IsolateTask, 'functions'> {
  readonly functions: readonly string[];
}

export type ToWorker =
  | { readonly type: 'evaluate'; readonly task: SentTask }
  | { readonly type: 'answer'; readonly call: number; readonly result: unknown }
  | { readonly type: 'refusal'; readonly call: number; readonly error: ErrorJson };

export type FromWorker =
  | { readonly type: 'ready' }
  /** Asks the page for what one of its functions gives. */
  | { readonly type: 'call'; readonly call: number; readonly name: string; readonly args: readonly unknown[] }
  | { readonly type: 'done'; readonly result: unknown }
  | { readonly type: 'failed'; readonly error: ErrorJson };
