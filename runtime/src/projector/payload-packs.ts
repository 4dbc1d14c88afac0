import { hash } from 'node:crypto';
import { promisify } from 'node:util';
import { constants, zstdCompress, zstdCompressSync } from 'node:zlib';
import type { PackedPayload } from '../store/index.ts';

const compressBeside = promisify(zstdCompress);
const WORTH_COMPRESSING = 1024;
/**
 * The trace wants to be cheap more than small. Most packs are a few kB: handing one to another thread costs ten times as much as compressing
 * it, and the tables that zstd makes by itself cost as much again. A batch of large ones would hold up the event loop.
 */
const CHEAP = {
  params: {
    [constants.ZSTD_c_compressionLevel]: 1,
    [constants.ZSTD_c_windowLog]: 15,
    [constants.ZSTD_c_hashLog]: 10,
    [constants.ZSTD_c_chainLog]: 10,
  },
};
const WORTH_A_THREAD = 32 * 1024;
/** Whoever reads one payload reads its pack: one that holds so much takes no more. */
const FULL_BYTES = WORTH_A_THREAD;
const UUID_DIGITS = 32;

/** A row of what one execution's payloads in a batch come to. */
export interface PayloadPack {
  execution_id: string;
  /** Follows from what it holds, so that the same batch makes the same row. */
  pack: string;
  env: string;
  /** JSON of `PackedPayload[]`. */
  entries: string;
  content: Uint8Array;
  encoding: 'json' | 'zstd';
  stored_at: Date;
}

/** A payload for the trace: its JSON, or the blob that holds it. */
export type TracedValue = { json: string | Uint8Array; truncated?: true | undefined } | { blob: string };

interface PackedExecution {
  readonly refs: Set<string>;
  /** The last one is open. */
  readonly packs: OpenPack[];
}

interface OpenPack {
  readonly env: string;
  readonly entries: PackedPayload[];
  readonly parts: Uint8Array[];
  bytes: number;
}

/** Packs the payloads of each execution into few rows: what a payload costs to store is mostly its row. */
export class PayloadPacks {
  readonly #executions = new Map<string, PackedExecution>();

  add({ executionId, env }: { executionId: string; env: string }, ref: string, value: TracedValue): void {
    const { refs, packs } = this.#packsOf(executionId);
    // What came twice in a batch stands once.
    if (refs.has(ref)) return;
    refs.add(ref);
    let pack = packs.at(-1);
    if (pack === undefined || pack.bytes >= FULL_BYTES) {
      pack = { env, entries: [], parts: [], bytes: 0 };
      packs.push(pack);
    }
    if ('blob' in value) {
      pack.entries.push([ref, 0, false, value.blob]);
      return;
    }
    const bytes = typeof value.json === 'string' ? Buffer.from(value.json) : value.json;
    pack.entries.push([ref, bytes.length, value.truncated ?? false]);
    pack.parts.push(bytes);
    pack.bytes += bytes.length;
  }

  #packsOf(executionId: string): PackedExecution {
    const known = this.#executions.get(executionId);
    if (known) return known;
    const made: PackedExecution = { refs: new Set(), packs: [] };
    this.#executions.set(executionId, made);
    return made;
  }

  /** In the order of their keys: two writers never deadlock. */
  async rows(storedAt: Date): Promise<PayloadPack[]> {
    const rows: PayloadPack[] = [];
    for (const [execution_id, { packs }] of this.#executions)
      for (const { env, entries, parts, bytes } of packs) {
        const isSmall = bytes < WORTH_COMPRESSING;
        const whole = parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts, bytes);
        rows.push({
          ...{ execution_id, env, stored_at: storedAt, entries: JSON.stringify(entries) },
          pack: hash('sha256', entries.map(([ref]) => ref).join('\n')).slice(0, UUID_DIGITS),
          content: isSmall ? whole : await compressed(whole),
          encoding: isSmall ? 'json' : 'zstd',
        });
      }
    return rows.sort((a, b) => order(a.execution_id, b.execution_id) || order(a.pack, b.pack));
  }
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

async function compressed(text: Uint8Array): Promise<Buffer> {
  return text.length < WORTH_A_THREAD ? zstdCompressSync(text, CHEAP) : compressBeside(text, CHEAP);
}
