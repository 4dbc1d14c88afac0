import type { StatusEntry } from '@crossdock/orders';
import type { LinkedId, Reservation } from '@crossdock/xref';
import type { ColumnType } from 'kysely';

type Json<T> = ColumnType<T, string, string>;
type Time = ColumnType<Date, Date | string, Date | string>;

/** The searchable view of cross-references, whose truth is on the bus; and what statuses mean. */
export interface XrefTables {
  /** Every version of each map; the highest counts. */
  status_maps: {
    env: string;
    system: string;
    version: number;
    entries: Json<readonly StatusEntry[]>;
    updated_at: Time;
    updated_by: string;
  };
  xref_records: {
    env: string;
    record_id: string;
    entity: string;
    /** Counts up with each write of the record. */
    rev: number;
    ids: Json<readonly LinkedId[]>;
    reservations: Json<readonly Reservation[]>;
    updated_at: Time;
  };
  /** Its ids, to be searched. */
  xref_ids: { env: string; record_id: string; entity: string; system: string; id: string; name: string | null };
}
