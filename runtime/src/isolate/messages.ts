import type { ErrorJson } from '@crossdock/errors';
import type { IsolateTask, ResultPiece } from '@crossdock/mapping';

/** An evaluation on its way to the thread; functions stay behind, only their names go. */
export interface SentTask extends Omit<IsolateTask, 'functions'> {
  readonly functions: readonly string[];
}

/** The input, or one of the variables by its name, that comes ahead of its task as slices of JSON. */
export type Sliced = 'input' | `$${string}`;

export type ToThread =
  | { readonly type: 'slice'; readonly of: Sliced; readonly json: string }
  | { readonly type: 'forget'; readonly of: Sliced }
  | { readonly type: 'evaluate'; readonly task: SentTask }
  /** The portion before is put where it belongs: the next one may come. */
  | { readonly type: 'next' }
  | { readonly type: 'answer'; readonly call: number; readonly result: unknown }
  | { readonly type: 'refusal'; readonly call: number; readonly error: ErrorJson };

export type FromThread =
  | { readonly type: 'ready' }
  | { readonly type: 'call'; readonly call: number; readonly name: string; readonly args: readonly unknown[] }
  | { readonly type: 'done'; readonly result: unknown }
  /** A large result comes in portions, each when `next` asks for it. */
  | { readonly type: 'portion'; readonly portion: readonly ResultPiece[] }
  | { readonly type: 'complete' }
  | { readonly type: 'failed'; readonly error: ErrorJson };
