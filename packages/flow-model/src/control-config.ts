/** Config of the nodes that the engine works at itself, expressions evaluated and defaults filled; manifests and engine both rely on it. */
export interface ControlConfigs {
  wait: WaitConfig;
  join: JoinConfig;
  split: SplitConfig;
  call: CallConfig;
  stop: StopConfig;
}

/**
 * `duration`: for `durationMs`. `until`: to the moment `until` (RFC 3339). `event`: for a CloudEvent of the environment with this `key` and,
 * if given, this `eventType`, received since the execution's trigger; after `timeoutMs` the input leaves by `timeout`, or the node fails
 * where nothing is connected there. The event leaves by `out`.
 */
export interface WaitConfig {
  for: 'duration' | 'until' | 'event';
  durationMs?: number;
  until?: string;
  eventType?: string;
  key?: string | number;
  timeoutMs?: number;
}

/**
 * `all`: goes on when nothing upstream can still arrive. `first`: goes on with the first arrival and drops the others. `as`: `list` in the
 * order of the paths, `object` by the id of the node each payload came from. After `timeoutMs` it goes on with what is there, or fails.
 */
export interface JoinConfig {
  mode: 'all' | 'first';
  as: 'list' | 'object';
  timeoutMs?: number;
  onTimeout: 'continue' | 'fail';
}

/**
 * `each` gets every element of `items`, one by one, with `$meta.item` `{index, count}`. Up to 50 run inside the execution; more become
 * executions of their own. `done` gets the list of what the branches behind `each` ended with, in the order of the items; with `onItemError: "collect"` a failed
 * item gives `{error}`.
 */
export interface SplitConfig {
  items: unknown;
  onItemError: 'stop' | 'collect';
}

/** Starts flow `flowId` of the same environment with `payload`. With `wait` its answer or last payload leaves by `out`. */
export interface CallConfig {
  flowId: string;
  payload: unknown;
  wait: boolean;
}

/** Ends the execution; what is still under way in it is dropped. */
export interface StopConfig {
  as: 'succeeded' | 'failed';
  reason?: string;
}

/** More items than this become executions of their own. */
export const SPLIT_IN_PROCESS_LIMIT = 50;
/** Most items of one split. */
export const SPLIT_LIMIT = 10_000;
