import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { FlowError } from '@crossdock/errors';
import {
  checkXref,
  type LinkedId,
  type LinkRule,
  lists,
  released,
  reserved,
  type SystemId,
  united,
  withId,
  withoutId,
  type XrefRecord,
} from '@crossdock/xref';
import { type CasRecord, readRecord, swapRecord } from '../cas-record.ts';
import type { Link } from '../link.ts';
import { xrefClaimSubject } from '../names.ts';
import { homeToRead, homeToWrite, mergeHomes, writeHome, XREF_STREAM, type XrefHome } from './xref-records.ts';
import type { ReserveAnswer, XrefChange, XrefScope, XrefStore } from './xref-store.ts';

/** Which record an id belongs to, if that record lists it: the record is the truth, this the way to it. */
interface Claim extends CasRecord {
  readonly recordId: string;
}

interface Located {
  readonly claimVersion: number;
  /** Where its claim leads to. */
  readonly home: XrefHome | undefined;
  readonly isListed: boolean;
}

const AGAIN = Symbol('another was first');
const MAX_TRIES = 30;
const MAX_DELAY_MS = 200;

/** Cross-references by compare-and-swap; how a crash or a race between the two kinds of keys ends stands in `ARCHITECTURE.md`. */
export function createXrefs(link: Link, now: () => number = Date.now): XrefStore {
  return {
    async find({ env, entity }, id) {
      const claim = await readRecord<Claim>(link, claimPlace({ env, entity }, id));
      if (!claim) return undefined;
      const { value } = await homeToRead(link, env, claim.value.recordId);
      return value && lists(value, id) ? plain(value) : undefined;
    },
    async link(scope, ids, rule) {
      checkXref(scope.entity, ids);
      return untilSettled(() => linkOnce(scope, ids, rule));
    },
    unlink: (scope, id) =>
      untilSettled(async () => {
        const { home, isListed } = await locate(scope, id);
        if (!home?.value || !isListed) return undefined;
        const record = withoutId(plain(home.value), id);
        if (!(await writeHome(link, home, record))) return AGAIN;
        return { record, before: [plain(home.value)], isChanged: true };
      }),
    async reserve(scope, from, wanted) {
      checkXref(scope.entity, [from, { system: wanted.system, id: from.id }]);
      return untilSettled(() => reserveOnce(scope, from, wanted));
    },
    release: (scope, from, reservation) =>
      untilSettled(async () => {
        const { home, isListed } = await locate(scope, from);
        if (!home?.value || !isListed) return false;
        const record = plain(home.value);
        const next = released(record, reservation);
        if (next === record) return false;
        return (await writeHome(link, home, next)) ? true : AGAIN;
      }),
  };

  async function linkOnce(
    scope: XrefScope,
    ids: readonly LinkedId[],
    rule: LinkRule,
  ): Promise<XrefChange | typeof AGAIN> {
    const located = await Promise.all(ids.map((id) => locate(scope, id)));
    const homes = new Map<string, XrefHome>();
    for (const { home, isListed } of located) if (home && isListed) homes.set(home.recordId, home);
    const [first, second, ...others] = [...homes.values()].toSorted((a, b) => (a.recordId < b.recordId ? -1 : 1));
    const before = [...homes.values()].map(({ value }) => plain(value as XrefRecord));
    const home = first ?? newHome(scope);
    // All of it, before anything is written.
    const whole = [second, ...others].reduce(
      (record, one) => (one?.value ? united(record, plain(one.value), rule) : record),
      recordIn(home, scope),
    );
    const record = ids.reduce((all, id) => withId(all, id, rule), whole);
    if (second && first) {
      if (!(await mergeHomes(link, first, second, rule))) return AGAIN;
      const settled = await untilSettled(() => linkOnce(scope, ids, rule));
      return { ...settled, before, isChanged: true };
    }
    if (home.value && record === whole && isDeepSame(record, home.value)) return { record, before, isChanged: false };
    const unlisted = ids.filter((_, at) => !located[at]?.isListed);
    return (await writeListing(scope, home, record, unlisted)) ? { record, before, isChanged: true } : AGAIN;
  }

  async function reserveOnce(
    scope: XrefScope,
    from: LinkedId,
    wanted: Parameters<XrefStore['reserve']>[2],
  ): Promise<ReserveAnswer | typeof AGAIN> {
    const located = await locate(scope, from);
    const home = located.isListed && located.home ? located.home : newHome(scope);
    const { recordId } = home;
    const outcome = reserved(withId(recordIn(home, scope), from, {}), wanted, now());
    if (outcome.kind !== 'reserved') return { ...outcome, recordId };
    const isWritten = await writeListing(scope, home, outcome.record, located.isListed ? [] : [from]);
    return isWritten ? { kind: 'reserved', recordId, until: wanted.until } : AGAIN;
  }

  async function locate(scope: XrefScope, id: SystemId): Promise<Located> {
    const claim = await readRecord<Claim>(link, claimPlace(scope, id));
    if (!claim) return { claimVersion: 0, home: undefined, isListed: false };
    const home = await homeToWrite(link, scope.env, claim.value.recordId);
    return { claimVersion: claim.version, home, isListed: home.value !== undefined && lists(home.value, id) };
  }

  /** Claims what the record is to list newly, then writes it. The record was read before: whoever takes a claim over makes its write fail. */
  async function writeListing(
    scope: XrefScope,
    home: XrefHome,
    record: XrefRecord,
    added: readonly SystemId[],
  ): Promise<boolean> {
    for (const id of added) if (!(await claim(scope, id, home.recordId))) return false;
    return writeHome(link, home, record);
  }

  /** False when the id belongs to another record, or another was first. */
  async function claim(scope: XrefScope, id: SystemId, recordId: string): Promise<boolean> {
    const { claimVersion, home, isListed } = await locate(scope, id);
    if (home && home.recordId !== recordId) {
      if (isListed) return false;
      // It was claimed, or listed once, and is not: whoever is about to write it there must find that another was first.
      if (!(await writeHome(link, home, recordIn(home, scope)))) return false;
    }
    const record: Claim = { recordId, token: randomUUID() };
    return (await swapRecord(link, claimPlace(scope, id), record, { expectedVersion: claimVersion })) !== undefined;
  }
}

const claimPlace = ({ env, entity }: XrefScope, id: SystemId) => ({
  stream: XREF_STREAM,
  subject: xrefClaimSubject(env, entity, id),
});

const newHome = ({ env }: XrefScope): XrefHome => ({ env, recordId: randomUUID(), version: 0, value: undefined });

const recordIn = ({ recordId, value }: XrefHome, { entity }: XrefScope): XrefRecord =>
  value ? plain(value) : { recordId, entity, ids: [], reservations: [] };

/** A record without what only its storage knows. */
const plain = ({ recordId, entity, ids, reservations }: XrefRecord): XrefRecord => ({
  recordId,
  entity,
  ids,
  reservations,
});

const isDeepSame = (a: XrefRecord, b: XrefRecord): boolean => JSON.stringify(plain(a)) === JSON.stringify(plain(b));

/** What another writer changed in between is read anew. */
async function untilSettled<T>(attempt: () => Promise<T | typeof AGAIN>): Promise<T> {
  for (let tries = 1; ; tries++) {
    const outcome = await attempt();
    if (outcome !== AGAIN) return outcome;
    if (tries === MAX_TRIES) throw new FlowError('SYSTEM_BUS_UNAVAILABLE');
    await sleep(Math.random() * Math.min(MAX_DELAY_MS, 2 ** tries));
  }
}
