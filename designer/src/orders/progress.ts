import { GOODS_STAGES, type OrderProgress, type OrderRow } from '@crossdock/api-contract';
import { orderTexts } from '../texts/index.ts';

/** `120/180 EA`, or in lines where they count in several units. */
export function fractionOf({ units, lines }: OrderProgress): string {
  return units
    ? orderTexts.progress('', units.done, units.due, units.uom)
    : orderTexts.progressLines('', lines.done, lines.due).trim();
}

/** Share that is done, from 0 to 1. */
export function shareOf({ state, units, lines }: OrderProgress): number {
  if (state === 'reached') return 1;
  const [done, due] = units ? [Number(units.done), Number(units.due)] : [lines.done, lines.due];
  return due > 0 ? Math.min(1, done / due) : 0;
}

/** The farthest stage that the goods of an order have partly come to, as a fraction; nothing where none is under way. */
export function underWay({ fulfilment }: Pick<OrderRow, 'fulfilment'>): string | undefined {
  const stage = GOODS_STAGES.findLast((name) => fulfilment[name].state === 'partial');
  if (stage === undefined) return undefined;
  return `${orderTexts.steps[stage]} ${fractionOf(fulfilment[stage])}`;
}
