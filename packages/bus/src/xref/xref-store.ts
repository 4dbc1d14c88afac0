import type { LinkedId, LinkRule, Reservation, SystemId, XrefRecord } from '@crossdock/xref';

/** In which environment, and of what kind of thing. */
export interface XrefScope {
  readonly env: string;
  readonly entity: string;
}

/** What a change left, and the records as they were before it. */
export interface XrefChange {
  readonly record: XrefRecord;
  /** Empty where a record was made; two where two became one. */
  readonly before: readonly XrefRecord[];
  /** False when all was so already. */
  readonly isChanged: boolean;
}

export type ReserveAnswer =
  /** Nobody else makes it until then; `recordId` is the same for all who ever reserve it, so that it can name what is made. */
  | { readonly kind: 'reserved'; readonly recordId: string; readonly until: number }
  | { readonly kind: 'linked'; readonly recordId: string; readonly ids: readonly string[] }
  | { readonly kind: 'held'; readonly recordId: string; readonly until: number };

/**
 * Which ids of systems name one thing, in key-value storage: what a worker reads and reserves. Every call asks the leader and may be made again after
 * a crash at any point. All throw `SYSTEM_BUS_…` when the bus stays away.
 */
export interface XrefStore {
  /** The record that an id belongs to. */
  find(scope: XrefScope, id: SystemId): Promise<XrefRecord | undefined>;
  /** Makes these ids one thing. Throws `DATA_XREF_CONFLICT` or `DATA_XREF_INVALID`, and then nothing has changed. */
  link(scope: XrefScope, ids: readonly LinkedId[], rule: LinkRule): Promise<XrefChange>;
  /** Takes an id out of its record; undefined where it belongs to none. */
  unlink(scope: XrefScope, id: SystemId): Promise<XrefChange | undefined>;
  /** Reserves making an id of the thing that `from` names, which becomes known by that. */
  reserve(scope: XrefScope, from: LinkedId, wanted: Reservation): Promise<ReserveAnswer>;
  /** Gives a reservation back; false where this owner has none. */
  release(scope: XrefScope, from: SystemId, reservation: Pick<Reservation, 'system' | 'owner'>): Promise<boolean>;
}
