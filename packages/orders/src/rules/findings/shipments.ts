import type { ShipmentState } from '../../fold/documents.ts';
import type { OrderState } from '../../fold/order-state.ts';
import { endOf, spanText } from '../limits.ts';
import type { Cause } from '../rule.ts';
import { type Finding, isInWork, isoOf, type Look } from './finding.ts';

type CauseOf<Kind extends Cause['kind']> = Extract<Cause, { kind: Kind }>;

/** Shipments that left and that no scan shows with the carrier. */
export function firstScanFindings({ within, byMode }: CauseOf<'first scan'>, { state, rule }: Look): Finding[] {
  return underWay(state).flatMap(({ key, mode, shippedAt, firstScanAt }) => {
    if (shippedAt === undefined || firstScanAt !== undefined) return [];
    const limit = (mode === undefined ? undefined : byMode?.[mode]) ?? within;
    const reason = `left at ${shippedAt}, no scan of the carrier within ${spanText(limit)}`;
    return [{ about: key, raiseAt: endOf(Date.parse(shippedAt), limit, rule.calendar), reason }];
  });
}

/** Shipments that the carrier scans no more. */
export function nextScanFindings({ within }: CauseOf<'next scan'>, { state, rule }: Look): Finding[] {
  return underWay(state).flatMap(({ key, firstScanAt, lastScan }) => {
    if (firstScanAt === undefined || lastScan === undefined) return [];
    const since = Date.parse(lastScan.at);
    const reason = `scanned last at ${isoOf(since)}, not again within ${spanText(within)}`;
    return [{ about: key, raiseAt: endOf(since, within, rule.calendar), reason }];
  });
}

/** Shipments that left without a dispatch advice. */
export function noticeFindings({ documents, within, byPartner }: CauseOf<'notice'>, { state, rule }: Look): Finding[] {
  if (!isInWork(state)) return [];
  const told = state.edi.sent.filter(
    ({ document, sentAt }) => sentAt !== undefined && documents.includes(document ?? ''),
  );
  return state.shipments.flatMap(({ key, status, shippedAt }) => {
    if (status !== 'open' || shippedAt === undefined) return [];
    if (told.some(({ about = key }) => about === key)) return [];
    const buyer = state.head?.parties?.find(({ role }) => role === 'buyer');
    const names = [...(buyer?.ids ?? []).map(({ id }) => id), buyer?.gln, buyer?.name];
    const limit = names.flatMap((name) => byPartner?.[name ?? ''] ?? [])[0] ?? within;
    const reason = `left at ${shippedAt}, no ${documents.join(' or ')} within ${spanText(limit)}`;
    return [{ about: key, raiseAt: endOf(Date.parse(shippedAt), limit, rule.calendar), reason }];
  });
}

/** Neither voided nor arrived nor on their way back. */
function underWay(state: OrderState): readonly ShipmentState[] {
  if (!isInWork(state) || state.fulfilment.delivered.state === 'reached') return [];
  return state.shipments.filter(
    ({ status, deliveredAt, lastScan }) =>
      status === 'open' &&
      deliveredAt === undefined &&
      lastScan?.status !== 'delivered' &&
      lastScan?.status !== 'returned',
  );
}
