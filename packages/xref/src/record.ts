import { FlowError } from '@crossdock/errors';

/** An id of one system. */
export interface SystemId {
  readonly system: string;
  readonly id: string;
}

/** How two ids came to be linked. */
export type Origin = 'person' | 'import' | 'flow' | 'proposal';

/** An id as it stands in a record. */
export interface LinkedId extends SystemId {
  /** What the thing is called in that system. */
  readonly name?: string;
  /** What tells the thing from others, such as `vat` or `gtin`: what proposals go by. */
  readonly fields?: Readonly<Record<string, string>>;
  readonly origin: Origin;
  /** A person, a key, or the execution of a flow. */
  readonly by: string;
  /** RFC 3339. */
  readonly at: string;
}

/** That an id is about to be made in a system: nobody else makes one until it ends. */
export interface Reservation {
  readonly system: string;
  /** What made it: one node of one execution, the same on every attempt. */
  readonly holder: string;
  /** The execution that it belongs to, which may give it back. */
  readonly owner: string;
  /** Milliseconds since 1970. */
  readonly until: number;
}

/** One thing and what it is called in each system: the truth of all its cross-references. */
export interface XrefRecord {
  readonly recordId: string;
  readonly entity: string;
  readonly ids: readonly LinkedId[];
  readonly reservations: readonly Reservation[];
}

export const isSame = (a: SystemId, b: SystemId): boolean => a.system === b.system && a.id === b.id;
export const lists = ({ ids }: Pick<XrefRecord, 'ids'>, id: SystemId): boolean => ids.some((one) => isSame(one, id));
export const idsIn = ({ ids }: Pick<XrefRecord, 'ids'>, system: string): string[] =>
  ids.flatMap((one) => (one.system === system ? [one.id] : []));

/** How an id is called in messages. */
export const idText = ({ system, id }: SystemId): string => `${system} "${id}"`;

/** Whether one record may hold several ids of one system, such as two shop accounts of one customer. */
export interface LinkRule {
  readonly several?: boolean;
}

/**
 * The record with one more id, or with the name and key fields that the id brings; nothing is left to reserve in that id's system. The record itself
 * where that changes nothing. Throws `DATA_XREF_CONFLICT`, which names both sides.
 */
export function withId(record: XrefRecord, id: LinkedId, rule: LinkRule): XrefRecord {
  const known = record.ids.find((one) => isSame(one, id));
  if (!known) return united(record, { ...record, ids: [id], reservations: [] }, rule);
  const described: { -readonly [Field in keyof LinkedId]: LinkedId[Field] } = {
    ...known,
    ...(id.name === undefined ? {} : { name: id.name }),
  };
  if (Object.keys(id.fields ?? {}).length > 0) described.fields = { ...known.fields, ...id.fields };
  const isChanged = JSON.stringify(described) !== JSON.stringify(known);
  return isChanged ? { ...record, ids: record.ids.map((one) => (one === known ? described : one)) } : record;
}

export function withoutId(record: XrefRecord, id: SystemId): XrefRecord {
  return { ...record, ids: record.ids.filter((one) => !isSame(one, id)) };
}

/**
 * Two records as the first, when they are one thing. Throws `DATA_XREF_CONFLICT` where they have different ids of one system: an id belongs to one
 * record, and a record has one id of each system unless the rule says otherwise.
 */
export function united(into: XrefRecord, from: XrefRecord, { several = false }: LinkRule): XrefRecord {
  const added = from.ids.filter((id) => !lists(into, id));
  const clash = several ? undefined : added.find(({ system }) => idsIn(into, system).length > 0);
  if (clash) throw conflict(into, from, clash.system);
  const ids = [...into.ids, ...added];
  const taken = new Set(ids.map(({ system }) => system));
  const reservations = [...into.reservations, ...from.reservations].filter(({ system }) => !taken.has(system));
  return { ...into, ids, reservations };
}

function conflict(into: XrefRecord, from: XrefRecord, system: string): FlowError {
  const [one, other] = [into, from].map((record) => idsIn(record, system).map((id) => idText({ system, id })));
  const [a, b] = [into, from].map((record) => record.ids.map(idText).join(', '));
  return new FlowError('DATA_XREF_CONFLICT', {
    details: {
      entity: into.entity,
      system,
      ...{ one: one?.join(', '), other: other?.join(', ') },
      reason: `${a} are linked already, and ${b} would bring another id of ${system}`,
    },
  });
}

export type ReserveOutcome =
  | { readonly kind: 'linked'; readonly ids: readonly string[] }
  /** By someone else, until then. */
  | { readonly kind: 'held'; readonly until: number }
  | { readonly kind: 'reserved'; readonly record: XrefRecord };

/** Reserves making an id in a system: once for all who try, again for the same holder. What has ended holds nobody up. */
export function reserved(record: XrefRecord, wanted: Reservation, now: number): ReserveOutcome {
  const ids = idsIn(record, wanted.system);
  if (ids.length > 0) return { kind: 'linked', ids };
  const held = record.reservations.find(
    ({ system, holder, until }) => system === wanted.system && holder !== wanted.holder && until > now,
  );
  if (held) return { kind: 'held', until: held.until };
  const others = record.reservations.filter(({ system }) => system !== wanted.system);
  return { kind: 'reserved', record: { ...record, reservations: [...others, wanted] } };
}

/** The record without what this owner has reserved in a system; the record itself where that is nothing. */
export function released(record: XrefRecord, { system, owner }: Pick<Reservation, 'system' | 'owner'>): XrefRecord {
  const kept = record.reservations.filter((one) => one.system !== system || one.owner !== owner);
  return kept.length === record.reservations.length ? record : { ...record, reservations: kept };
}
