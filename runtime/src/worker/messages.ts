import type { Lease, TriggerRecord } from '@crossdock/engine';
import type { TraceExport } from '../config/trace-settings.ts';
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
  /** Where executions are told as traces. */
  readonly traces?: TraceExport;
}

/** The part of a lease that can be sent; the answers come back as messages. */
export interface SentLease
  extends Pick<
    Lease,
    'kind' | 'address' | 'token' | 'deliveryCount' | 'heldSince' | 'triggerSeq' | 'lane' | 'isOld' | 'command'
  > {
  readonly trigger?: TriggerRecord;
}

/**
 * From the parent. A process gets either `start` or `run-aside`, which may come again and again, for several executions at once; `abort` names one of
 * them, `end` says that there are no more. `drain`: take no more, finish within `graceMs`, give the rest back, exit.
 */
export type ToWorker =
  | { readonly type: 'start'; readonly settings: WorkerSettings }
  | { readonly type: 'run-aside'; readonly id: number; readonly settings: WorkerSettings; readonly lease: SentLease }
  | { readonly type: 'abort'; readonly id: number }
  | { readonly type: 'end' }
  | { readonly type: 'drain'; readonly graceMs: number };

/** To the parent. `metrics` comes every second and is the heartbeat, too; `free` when an execution run aside is done with. */
export type FromWorker =
  | { readonly type: 'ready' }
  /** Of the process, and of those at its side. */
  | { readonly type: 'metrics'; readonly snapshots: readonly MetricsSnapshot[] }
  | { readonly type: 'ack'; readonly id: number }
  | { readonly type: 'free'; readonly id: number }
  | { readonly type: 'release'; readonly id: number; readonly delayMs: number };
