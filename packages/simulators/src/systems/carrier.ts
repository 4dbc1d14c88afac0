import { goodsOf, type LedgerShipment, settleGoods } from '../ledger.ts';
import type { World } from '../world.ts';

/** A carrier as UPS is: one scan each time, which knows the tracking number and nothing of orders. */
const SYSTEM = 'carrier';

const SCANS = {
  announced: { type: 'M', code: 'MP', description: 'Shipper created a label' },
  moving: { type: 'I', code: 'DP', description: 'Departed from facility' },
  nearby: { type: 'I', code: 'OT', description: 'Out for Delivery' },
  refused: { type: 'X', code: '48', description: 'Receiver refused the delivery' },
  delivered: { type: 'D', code: 'KB', description: 'Delivered' },
  // A second attempt that came through: what was refused is settled by it.
  redelivered: { type: 'D', code: 'K2', description: 'Delivered on second attempt' },
  sentBack: { type: 'RS', code: 'RS', description: 'Returned to shipper' },
} as const;

export type Scan = keyof typeof SCANS;

export const exceptionOf = ({ tracking }: LedgerShipment): string => `ups:${tracking}`;

/** Scans a shipment; with a delivery its goods have arrived. */
export function scan(world: World, shipment: LedgerShipment, what: Scan): void {
  const { exceptions } = world.ledger;
  shipment.lastScan = what;
  if (what === 'refused') exceptions.set(exceptionOf(shipment), true);
  if (what === 'redelivered') exceptions.set(exceptionOf(shipment), false);
  if (what === 'delivered' || what === 'redelivered') arrive(shipment);
  const digits = new Date(world.now()).toISOString().replaceAll(/\D/g, '');
  const [date, time] = [digits.slice(0, 8), digits.slice(8, 14)];
  const body = {
    ...{
      trackingNumber: shipment.tracking,
      localActivityDate: date,
      localActivityTime: time,
      activityStatus: SCANS[what],
    },
    ...{ activityLocation: { city: 'Louisville', stateProvince: 'KY', postalCode: '', country: 'US' } },
    ...{ gmtActivityDate: date, gmtActivityTime: time, gmtOffset: '+00.00', receivedBy: '' },
  };
  world.tell({ system: SYSTEM, body });
}

function arrive(shipment: LedgerShipment): void {
  shipment.state = 'delivered';
  for (const { unit, quantity, ratio } of shipment.contents) {
    goodsOf(unit).delivered += quantity * ratio;
    settleGoods(goodsOf(unit));
  }
}
