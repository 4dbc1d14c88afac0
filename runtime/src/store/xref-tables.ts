import type { LinkedId, Reservation } from '@crossdock/xref';
import type { ColumnType } from 'kysely';

type Json<T> = ColumnType<T, string, string>;
type Time = ColumnType<Date, Date | string, Date | string>;

/** The searchable view of cross-references, whose truth is on the bus. */
export interface XrefTables {
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
