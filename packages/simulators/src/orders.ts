import { type LedgerLine, noGoods } from './ledger.ts';
import type { World } from './world.ts';

const SKUS = ['590588', '590601', '590733', '612004', '612377'];

/** What a customer orders: one to four lines, some of them kits, services, or goods that do not come from stock. */
export function fillOrder(world: World): void {
  const { random, ledger, number } = world;
  const count = random.whole(1, 4);
  for (let place = 1; place <= count; place++) ledger.lines.push(lineOf(world, `${number * 10 + place}`));
  if (random.chance(0.15)) ledger.lines.push({ ...lineOf(world, `${number * 10 + 9}`), ...SERVICE });
}

const SERVICE = { sku: 'FREIGHT', needsShipping: false, path: 'stock', components: [], ordered: 1 } as const;

function lineOf({ random }: World, id: string): LedgerLine {
  const path = random.chance(0.08) ? 'dropship' : random.chance(0.08) ? 'crossdock' : 'stock';
  const isKit = path === 'stock' && random.chance(0.1);
  const parts = [
    { id: 'a', sku: 'KIT-A', ratio: 2, goods: noGoods() },
    { id: 'b', sku: 'KIT-B', ratio: 3, goods: noGoods() },
  ];
  return {
    ...{ id, path, needsShipping: true, goods: noGoods(), priceCents: random.whole(100, 50_000) },
    ...{ sku: isKit ? 'KIT' : random.pick(SKUS), components: isKit ? parts : [], ordered: random.whole(1, 60) },
    ...{ cancelled: 0, invoiced: 0, credited: 0, later: 0 },
  };
}
