import { type Content, dueOf, goodsIn, goodsOf, type LedgerShipment, type Unit, unitsOf, wantedOf } from './ledger.ts';
import { amend, type Stage } from './stage.ts';
import { scan } from './systems/carrier.ts';
import { bill, unbilled } from './systems/finance.ts';
import { noteFulfilment } from './systems/shop.ts';
import * as wms from './systems/wms.ts';

interface Manner {
  /** Whether what leaves is billed as it leaves. */
  readonly bills: boolean;
}

/** Brings the goods to the customer, in one shipment or more. False when the story ended on the way. */
export function shipAll(stage: Stage, manner: Manner): boolean {
  if (!shipDirectly(stage, manner) || !reserve(stage) || stage.isOver()) return false;
  const rounds = stage.random.pick([1, 1, 1, 2, 2, 3]);
  // A warehouse whose reports of picking are lost each time tells nothing that could be corrected afterwards.
  const isQuiet = stage.random.chance(0.08);
  for (let round = 1; round <= rounds; round++) {
    if (round > 1) reserveRest(stage);
    const contents = nextContents(stage, round === rounds);
    if (contents.length === 0) continue;
    if (round > 1) stage.note('split shipment');
    if (!(isQuiet ? sendQuietly : send)(stage, contents, { ...manner, isLast: round === rounds })) return false;
  }
  return true;
}

/** The supplier sends to the customer: no hand of ours touches the goods. */
function shipDirectly(stage: Stage, manner: Manner): boolean {
  const lines = stage.ledger.lines.filter((line) => line.path === 'dropship' && dueOf(line) > 0);
  if (lines.length === 0) return true;
  stage.note('drop-ship');
  const contents = lines.map((line) => ({ unit: { line }, sku: line.sku, quantity: dueOf(line), ratio: 1 }));
  const shipment = wms.pack(stage, contents, 'dropship');
  stage.pass();
  wms.ship(stage, shipment);
  stage.pass();
  return !stage.isOver() && carry(stage, shipment, manner);
}

function reserve(stage: Stage): boolean {
  const { random, ledger } = stage;
  for (const line of ledger.lines.filter(({ path }) => path === 'crossdock')) {
    if (dueOf(line) === 0) continue;
    wms.receiveAcrossDock(stage, line);
    stage.note('cross-dock');
    stage.pass();
  }
  if (stage.isOver()) return false;
  const isShortOfStock = random.chance(0.2);
  const share = isShortOfStock ? random.whole(0, 9) / 10 : 1;
  wms.allocate(stage, ({ component }) => (component ? 1 : share), { saysLater: isShortOfStock });
  if (isShortOfStock) stage.note('backorder');
  stage.pass();
  if (random.chance(0.04)) {
    wms.deallocate(stage);
    stage.note('deallocated');
    stage.pass();
    if (stage.isOver()) return false;
    wms.allocate(stage, () => 1, { saysLater: false });
    stage.pass();
  }
  return true;
}

function reserveRest(stage: Stage): void {
  if (!stage.random.chance(0.8)) return;
  wms.allocate(stage, () => 1, { saysLater: false });
  stage.pass();
}

/** What may leave next: of what is reserved and wanted, all that has not left, or some of it. */
function nextContents({ random, ledger }: Stage, isLast: boolean): Content[] {
  return unitsOf(ledger)
    .filter(({ line }) => line.path !== 'dropship')
    .map((unit) => {
      const open = openOf(unit);
      const quantity = isLast ? open : random.whole(0, open);
      return { unit, sku: (unit.component ?? unit.line).sku, quantity, ratio: 1 };
    })
    .filter(({ quantity }) => quantity > 0);
}

const openOf = (unit: Unit): number =>
  Math.max(0, Math.min(goodsOf(unit).allocated, wantedOf(unit)) - goodsOf(unit).shipped);

/** No report of picking, and of leaving perhaps none either: what comes later proves them. */
function sendQuietly(stage: Stage, contents: Content[], manner: Manner): boolean {
  stage.note('lost reports');
  wms.pick(stage, contents, { isTold: false });
  const shipment = wms.pack(stage, contents);
  stage.pass();
  wms.ship(stage, shipment, { isTold: stage.random.chance(0.5) });
  stage.pass();
  scan(stage, shipment, 'delivered');
  stage.pass();
  billWhatLeft(stage, manner);
  return !stage.isOver();
}

function send(stage: Stage, wanted: Content[], manner: Manner & { isLast: boolean }): boolean {
  const { random } = stage;
  const planned = changed(stage, wanted, manner.isLast);
  const toPick = planned.map((one) => ({ ...one, quantity: one.quantity - lyingPicked(one) }));
  wms.pick(
    stage,
    toPick.filter(({ quantity }) => quantity > 0),
    { isTold: true },
  );
  stage.pass();
  if (stage.isOver()) return false;
  const isOver = planned.some(({ unit, quantity, ratio }) => quantity * ratio > openOf(unit));
  if (!isOver && planned.every(({ ratio }) => ratio === 1)) amend(stage, 0.04, 'amended after picking');
  const contents = planned
    .map((one) => ({ ...one, quantity: isOver ? one.quantity : Math.min(one.quantity, stillWanted(one)) }))
    .filter(({ quantity }) => quantity > 0);
  if (contents.length === 0) return false;
  let shipment = wms.pack(stage, contents);
  stage.pass();
  if (random.chance(0.04)) {
    wms.voidShipment(stage, shipment);
    stage.note('voided shipment');
    stage.pass();
    if (stage.isOver()) return false;
    shipment = wms.pack(
      stage,
      contents.map((one) => ({ ...one })),
    );
    stage.pass();
  }
  if (stage.isOver()) return false;
  wms.ship(stage, shipment, { short: shortOf(stage, contents, manner.isLast) });
  stage.pass();
  if (!isOver && random.chance(0.3)) {
    noteFulfilment(stage, shipment);
    stage.note('told by warehouse and shop');
    stage.pass();
  }
  correct(stage, shipment);
  return !stage.isOver() && carry(stage, shipment, manner);
}

const stillWanted = ({ unit, ratio }: Content): number =>
  Math.floor(Math.max(0, wantedOf(unit) - goodsOf(unit).shipped) / ratio);

const lyingPicked = ({ unit, quantity, ratio }: Content): number =>
  ratio === 1 ? Math.min(quantity, goodsOf(unit).picked - goodsOf(unit).shipped) : 0;

/** Something else than was ordered, or more than that. */
function changed(stage: Stage, contents: Content[], isLast: boolean): Content[] {
  const { random } = stage;
  const plain = contents.filter(({ unit }) => unit.component === undefined && openOf(unit) > 0);
  if (plain.length === 0) return contents;
  const one = random.pick(plain);
  const isUntouched = goodsOf(one.unit).picked === goodsOf(one.unit).shipped;
  if (isUntouched && one.quantity % 2 === 0 && random.chance(0.06)) {
    stage.note('substitution');
    return contents.map((other) =>
      other === one ? { ...one, sku: `${one.sku}-2PK`, quantity: one.quantity / 2, ratio: 2 } : other,
    );
  }
  if (isLast && random.chance(0.03)) {
    stage.note('shipped too much');
    return contents.map((other) => (other === one ? { ...one, quantity: one.quantity + random.whole(1, 5) } : other));
  }
  return contents;
}

/** Lines of which some left and no more will come. */
function shortOf(stage: Stage, contents: readonly Content[], isLast: boolean) {
  if (!isLast || !stage.random.chance(0.3)) return [];
  const lines = contents
    .filter(({ unit, quantity, ratio }) => {
      const { line, component } = unit;
      return component === undefined && line.goods.shipped + quantity * ratio < dueOf(line);
    })
    .map(({ unit }) => unit.line);
  if (lines.length > 0) stage.note('short, no backorder');
  return lines;
}

function correct(stage: Stage, shipment: LedgerShipment): void {
  const content = shipment.contents.find(({ unit, quantity, ratio }) => !unit.component && ratio === 1 && quantity > 1);
  if (content === undefined || !stage.random.chance(0.05)) return;
  wms.correctShipment(stage, shipment, content, content.quantity - 1);
  stage.note('corrected shipment');
  stage.pass();
}

/** The carrier has it; false when the story ended on the way. */
function carry(stage: Stage, shipment: LedgerShipment, manner: Manner): boolean {
  const { random } = stage;
  billWhatLeft(stage, manner);
  for (const step of ['announced', 'moving', 'nearby'] as const) {
    if (random.chance(0.3)) continue;
    scan(stage, shipment, step);
    stage.pass();
    if (stage.isOver()) return false;
  }
  if (random.chance(0.05)) {
    scan(stage, shipment, 'refused');
    stage.note('refused');
    stage.pass();
    const comesBack = random.chance(0.4);
    scan(stage, shipment, comesBack ? 'sentBack' : 'redelivered');
    stage.pass();
    return !comesBack;
  }
  scan(stage, shipment, 'delivered');
  stage.pass();
  return !stage.isOver();
}

function billWhatLeft(stage: Stage, { bills }: Manner): void {
  if (!bills || stage.random.chance(0.15)) return;
  const invoice = bill(stage, (line) =>
    line.needsShipping ? Math.max(0, Math.floor(goodsIn(line).shipped) - line.invoiced) : unbilled(line),
  );
  if (invoice) stage.pass();
}
