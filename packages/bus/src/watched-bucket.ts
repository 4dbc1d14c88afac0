import { setTimeout as sleep } from 'node:timers/promises';
import { Kvm, type KvWatchEntry } from '@nats-io/kv';
import type { QueuedIterator } from '@nats-io/nats-core';
import { busError, isUnheard } from './bus-errors.ts';
import { decodeJson } from './json.ts';
import type { Link } from './link.ts';
import { bucketSubject } from './names.ts';

/** How often the view is compared with the bucket, should a watch have died in silence. */
const VERIFY_INTERVAL_MS = 5_000;
/** A writer waits so long to see its own change in the view. */
const SEE_OWN_CHANGE_MS = 1_000;
/** As long as a change of leader takes. */
const LEADER_PATIENCE_MS = 10_000;
const RETRY_DELAY_MS = 250;
const LOAD_TIMEOUT_MS = 5_000;

/** A key-value bucket held in memory and kept fresh. */
export interface WatchedBucket<Value> {
  /** From the watch, so it may be behind. */
  get(key: string): BucketEntry<Value> | undefined;
  values(): Value[];
  /** Writes and waits shortly until the view shows it. */
  put(key: string, value: Value): Promise<void>;
  delete(key: string): Promise<void>;
  onChange(listener: () => void): () => void;
  close(): void;
}

export interface BucketEntry<Value> {
  value: Value;
  /** Its sequence: what a compare-and-swap expects. */
  version: number;
  /** By the server's clock, in milliseconds since 1970. */
  storedAt: number;
}

/**
 * Opens the watch and resolves once everything that is in the bucket has been seen. Watches anew after every reconnect and whenever the
 * bucket turns out to be ahead of the view; until then the last view stays in force. With `maxAgeMs`, the bucket's own, older entries are
 * forgotten: the server tells nobody that it removed them.
 */
export async function watchBucket<Value>(
  link: Link,
  name: string,
  { maxAgeMs }: { maxAgeMs?: number } = {},
): Promise<WatchedBucket<Value>> {
  const kv = await new Kvm(link.js).open(name);
  const listeners = new Set<() => void>();
  let view = new Map<string, BucketEntry<Value>>();
  let seen = 0;
  let closed = false;
  let current: QueuedIterator<KvWatchEntry> | undefined;
  let restarting: Promise<void> | undefined;

  await restart();
  const endReconnect = link.onReconnect(() => void restartUntilDone());
  const verifier = setInterval(() => void verify(), VERIFY_INTERVAL_MS);
  verifier.unref();

  return {
    get: (key) => view.get(key),
    values: () => [...view.values()].map(({ value }) => value),
    put: (key, value) => change(key, JSON.stringify(value)),
    delete: (key) => change(key, '', 'DEL'),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      closed = true;
      endReconnect();
      clearInterval(verifier);
      current?.stop();
    },
  };

  async function change(key: string, value: string, operation?: string): Promise<void> {
    try {
      const { seq } = await publish(bucketSubject(name, key), value, { 'KV-Operation': operation });
      const end = Date.now() + SEE_OWN_CHANGE_MS;
      while (seen < seq && Date.now() < end) await sleep(5);
    } catch (cause) {
      throw busError(cause);
    }
  }

  /** A bucket without a leader is waited for: what is put there is the same when it is put again. */
  async function publish(...message: Parameters<Link['publish']>): ReturnType<Link['publish']> {
    for (const end = Date.now() + LEADER_PATIENCE_MS; ; ) {
      try {
        return await link.publish(...message);
      } catch (error) {
        if (!isUnheard(error) || Date.now() >= end) throw error;
        await sleep(100);
      }
    }
  }

  async function restart(): Promise<void> {
    const { state } = await link.jsm.streams.info(`KV_${name}`);
    const watch = await kv.watch();
    current?.stop();
    current = watch;
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`bucket "${name}" was not read in time`)), LOAD_TIMEOUT_MS);
      const loaded = (entries: Map<string, BucketEntry<Value>>): void => {
        clearTimeout(timer);
        view = entries;
        notify();
        resolve();
      };
      void follow(watch, state.messages > 0, loaded).then(resolve, reject);
    });
  }

  /** Gathers what is there into a fresh map, then applies changes one by one; ends when the watch is replaced. */
  async function follow(
    watch: QueuedIterator<KvWatchEntry>,
    isLoading: boolean,
    loaded: (entries: Map<string, BucketEntry<Value>>) => void,
  ): Promise<void> {
    let loading = isLoading ? new Map<string, BucketEntry<Value>>() : undefined;
    if (loading === undefined) loaded(new Map());
    for await (const entry of watch) {
      if (current !== watch) return;
      const entries = loading ?? view;
      // Taken out first: the map stays in the order of age.
      entries.delete(entry.key);
      if (entry.operation === 'PUT')
        entries.set(entry.key, {
          value: decodeJson(entry.value) as Value,
          version: entry.revision,
          storedAt: entry.created.getTime(),
        });
      seen = Math.max(seen, entry.revision);
      if (loading === undefined) notify();
      else if (entry.isUpdate) {
        loading = undefined;
        loaded(entries);
      }
    }
  }

  function restartUntilDone(): Promise<void> {
    restarting ??= (async () => {
      while (!closed) {
        try {
          await restart();
          break;
        } catch (error) {
          link.log.debug({ bucket: name, reason: String(error) }, 'watching a bucket again');
          await sleep(RETRY_DELAY_MS);
        }
      }
      restarting = undefined;
    })();
    return restarting;
  }

  async function verify(): Promise<void> {
    forgetOld();
    if (closed || !link.isConnected()) return;
    const before = seen;
    const info = await link.jsm.streams.info(`KV_${name}`).catch(() => undefined);
    if (info && info.state.last_seq > before && seen === before) await restartUntilDone();
  }

  function forgetOld(): void {
    if (maxAgeMs === undefined) return;
    for (const [key, { storedAt }] of view) {
      if (storedAt > Date.now() - maxAgeMs) return;
      view.delete(key);
    }
  }

  function notify(): void {
    for (const listener of listeners) {
      try {
        listener();
      } catch (error) {
        link.log.error({ bucket: name, reason: String(error) }, 'a listener failed');
      }
    }
  }
}
