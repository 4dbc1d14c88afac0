import type { Lease, TriggerRecord } from '@crossdock/engine';
import type { NatsAddress } from '../config.ts';
import type { LogLevel } from '../log.ts';
import type { MetricsSnapshot } from '../metrics.ts';

/** What a worker process is told at its start. It goes over IPC, where no process list shows its secrets. */
export interface WorkerSettings {
  readonly name: string;
  readonly nats: NatsAddress;
  readonly natsReplicas: number;
  /** Executions in flight. */
  readonly concurrency: number;
  readonly egressAllow: readonly string[];
  /** Translation prefixes of this network. */
  readonly nat64?: readonly string[];
  /** `host:port` of the sandbox, when one runs. */
  readonly sandboxHost?: string;
  /** 32 bytes in base64. */
  readonly secretKey: string;
  /** Those of before, which may still open. */
  readonly previousSecretKeys?: readonly string[];
  readonly logLevel: LogLevel;
}

/** The part of a lease that can be sent; the answers come back as messages. */
export interface SentLease
  extends Pick<Lease, 'kind' | 'address' | 'token' | 'deliveryCount' | 'triggerSeq' | 'lane' | 'isOld' | 'command'> {
  readonly trigger?: TriggerRecord;
}

/** From the parent. `run-alone` may come again when the process is free, `end` when there is no more. `drain`: take no more, finish within `graceMs`, give the rest back, exit. */
export type ToWorker =
  | { readonly type: 'start'; readonly settings: WorkerSettings }
  | { readonly type: 'run-alone'; readonly settings: WorkerSettings; readonly lease: SentLease }
  | { readonly type: 'abort' }
  | { readonly type: 'end' }
  | { readonly type: 'drain'; readonly graceMs: number };

/** To the parent. `metrics` comes every second and is the heartbeat, too; `free` when an execution run alone is done with. */
export type FromWorker =
  | { readonly type: 'ready' }
  | { readonly type: 'metrics'; readonly snapshot: MetricsSnapshot }
  | { readonly type: 'ack' }
  | { readonly type: 'free' }
  | { readonly type: 'release'; readonly delayMs: number };
