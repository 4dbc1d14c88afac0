import { randomUUID } from 'node:crypto';
import { isFlowError } from '@crossdock/errors';
import { type LinkRule, lists, united, type XrefRecord } from '@crossdock/xref';
import { type CasRecord, readRecord, swapRecord } from '../cas-record.ts';
import type { Link } from '../link.ts';
import { xrefRecordSubject } from '../names.ts';
import { BUCKETS } from '../streams.ts';

export const XREF_STREAM = `KV_${BUCKETS.xrefs}`;

/** A record as it rests. */
export interface RestingXref extends XrefRecord, CasRecord {
  /** Counts up with each write, whatever becomes of sequences in a restore. */
  readonly rev: number;
  /** It is about to become part of that record. */
  readonly merging?: LinkRule & { readonly into: string };
  /** It has: whatever names this record means that one. */
  readonly mergedInto?: string;
}

/** A record's place and what is there. `version` 0: nothing yet. */
export interface XrefHome {
  readonly env: string;
  readonly recordId: string;
  readonly version: number;
  readonly value: RestingXref | undefined;
}

const place = (env: string, recordId: string) => ({
  stream: XREF_STREAM,
  subject: xrefRecordSubject(env, recordId),
});

async function readHome(link: Link, env: string, recordId: string): Promise<XrefHome> {
  const stored = await readRecord<RestingXref>(link, place(env, recordId));
  return { env, recordId, version: stored?.version ?? 0, value: stored?.value };
}

/** Writes a record where it still stands as it was read; false when another was first. */
export async function writeHome(
  link: Link,
  { env, recordId, version, value }: XrefHome,
  next: XrefRecord & Pick<RestingXref, 'merging' | 'mergedInto'>,
): Promise<boolean> {
  const record: RestingXref = { ...next, recordId, rev: (value?.rev ?? 0) + 1, token: randomUUID() };
  return (await swapRecord(link, place(env, recordId), record, { expectedVersion: version })) !== undefined;
}

/** The record that stands for another, for who only reads. */
export async function homeToRead(link: Link, env: string, recordId: string): Promise<XrefHome> {
  for (let id = recordId; ; ) {
    const home = await readHome(link, env, id);
    if (home.value?.mergedInto === undefined) return home;
    id = home.value.mergedInto;
  }
}

/** The same for who writes: what is half merged is merged first. */
export async function homeToWrite(link: Link, env: string, recordId: string): Promise<XrefHome> {
  for (;;) {
    const home = await homeToRead(link, env, recordId);
    if (home.value?.merging === undefined) return home;
    await finishMerge(link, home);
  }
}

/**
 * Begins to make `from` part of `into`, which has the lesser id, so that no two merges go round. What is left to do is in `from` itself: whoever meets it
 * goes on. False when another was first.
 */
export async function mergeHomes(link: Link, into: XrefHome, from: XrefHome, rule: LinkRule): Promise<boolean> {
  if (!from.value) return false;
  const merging = { into: into.recordId, ...(rule.several ? { several: true } : {}) };
  if (!(await writeHome(link, from, { ...from.value, merging }))) return false;
  await homeToWrite(link, from.env, from.recordId);
  return true;
}

/**
 * First the ids into the one record, then out of the other. Before the first write it is seen that the other still waits for it: its ids may have been
 * taken over, and unlinked since. Where the two have come to contradict each other, both stay as they are.
 */
async function finishMerge(link: Link, from: XrefHome): Promise<void> {
  const { env, recordId, version, value } = from;
  if (!value?.merging) return;
  const { merging, ...unmarked } = value;
  const into = await homeToWrite(link, env, merging.into);
  if ((await readHome(link, env, recordId)).version !== version) return;
  const isIn = into.value && value.ids.every((id) => lists(into.value as XrefRecord, id));
  if (!isIn) {
    let next: XrefRecord | undefined;
    try {
      if (into.value) next = united(into.value, value, merging);
    } catch (error) {
      if (!isFlowError(error, 'DATA_XREF_CONFLICT')) throw error;
    }
    if (next === undefined) return void (await writeHome(link, from, unmarked));
    if (!(await writeHome(link, into, next))) return;
  }
  await writeHome(link, from, { ...unmarked, ids: [], reservations: [], mergedInto: into.recordId });
}
