import type { OrderEvent } from './catalogue/index.ts';
import type { FactKind } from './catalogue/lines.ts';
import { instantOf } from './instant.ts';
import { REPORTERS, type Reporter } from './schema-parts.ts';

/** By what one of two statements about the same thing wins: the higher revision, the later time, the better source, the greater id. */
export interface Stamp {
  readonly rev: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly rank: number;
  /** Source and id of the event. */
  readonly identity: string;
}

/** Less than 0 when `b` wins. 0 only for statements of one event. */
export function compareStamps(a: Stamp, b: Stamp): number {
  return (
    a.rev - b.rev || a.at - b.at || a.rank - b.rank || (a.identity < b.identity ? -1 : a.identity > b.identity ? 1 : 0)
  );
}

/** What makes an event unique. */
export const identityOf = ({ source, id }: Pick<OrderEvent, 'source' | 'id'>): string => `${source}|${id}`;

/** When it was stored, in milliseconds since 1970; when it happened, where nobody says. */
export const heardAt = ({ recordedtime, time }: Pick<OrderEvent, 'recordedtime' | 'time'>): number =>
  instantOf(recordedtime ?? time);

export function stampOf(event: OrderEvent, kind?: FactKind): Stamp {
  const { rev = 0, reportedBy } = event.data;
  return { rev, at: instantOf(event.time), rank: systemRank(kind, reportedBy), identity: identityOf(event) };
}

/** Who knows best, the best first: the owners of each fact. Others rank below, all the same. */
const OWNERS: Readonly<Partial<Record<FactKind, readonly Reporter[]>>> = {
  confirmed: ['erp'],
  allocated: ['wms', 'erp'],
  deallocated: ['wms', 'erp'],
  backordered: ['erp', 'wms'],
  substituted: ['wms', 'erp'],
  picked: ['wms', 'erp'],
  packed: ['wms', 'erp'],
  shipped: ['wms', 'erp', 'supplier', 'carrier'],
  delivered: ['carrier', 'supplier', 'wms', 'erp'],
  invoiced: ['finance', 'erp'],
  credited: ['finance', 'erp'],
  cancelled: ['erp', 'channel', 'wms'],
  returned: ['wms', 'erp'],
  received: ['wms', 'erp'],
};

/** What a person or the platform itself says stands above the systems: it is said to correct them. */
export function systemRank(kind: FactKind | undefined, reporter: Reporter | undefined): number {
  if (reporter === undefined) return 0;
  if (reporter === 'person' || reporter === 'platform') return REPORTERS.length + 1;
  const owners = (kind && OWNERS[kind]) ?? [];
  const place = owners.indexOf(reporter);
  return place === -1 ? 1 : REPORTERS.length - place;
}
