import type { Ledger } from './ledger.ts';
import type { Message } from './message.ts';
import { fillOrder } from './orders.ts';
import { seeded } from './random.ts';
import { shipAll } from './shipping.ts';
import { amend, type Stage } from './stage.ts';
import { closeDeal, offer } from './systems/crm.ts';
import * as finance from './systems/finance.ts';
import * as shop from './systems/shop.ts';
import * as wms from './systems/wms.ts';
import { type OrderTruth, truthOf } from './truth.ts';
import { openWorld, type Pace } from './world.ts';

export interface JourneyOptions extends Pace {
  /** Another seed, other stories. */
  readonly seed: number;
  /** Number of the order, from 1. */
  readonly number: number;
}

/** The story of one order: everything that its systems tell, in the order in which it happened, and how it really stands at the end. */
export interface Journey {
  readonly orderNo: string;
  /** By which an order page finds it: the order, or where none came of it, its quote. */
  readonly key: string;
  readonly messages: readonly Message[];
  readonly truth: OrderTruth;
  readonly ledger: Ledger;
  /** What is out of the ordinary about it. */
  readonly situations: readonly string[];
}

/** Ends the story where it is: not every order has come to its end. */
const SHARE_ENDING_AT_A_STEP = 0.04;

/** A story by seed and number: the same each time. */
export function makeJourney({ seed, number, ...pace }: JourneyOptions): Journey {
  const random = seeded(seed * 1_000_003 + number);
  const orderNo = `S${seed}-${String(number).padStart(6, '0')}`;
  const world = openWorld(random, pace, { orderNo, number: seed * 1_000_000 + number });
  const situations = new Set<string>();
  play({
    ...world,
    note: (situation) => void situations.add(situation),
    isOver: () => random.chance(SHARE_ENDING_AT_A_STEP),
  });
  const { ledger, messages } = world;
  const key = ledger.receivedAt === undefined ? ledger.quote!.id : orderNo;
  return { orderNo, key, messages, truth: truthOf(ledger), ledger, situations: [...situations] };
}

function play(stage: Stage): void {
  if (!comesToAnOrder(stage)) return;
  fillOrder(stage);
  const { random, ledger } = stage;
  const isPaid = random.chance(0.7);
  shop.takeOrder(stage, { isPaid });
  stage.pass();
  if (stage.isOver()) return;
  if (!isPaid) {
    shop.takePayment(stage);
    stage.pass();
  }
  if (stage.isOver() || !passesCredit(stage) || isCalledOff(stage, 0.04, 'cancelled')) return;
  amend(stage, 0.08, 'amended');
  const billing = random.pick(['before', 'at shipping', 'at shipping', 'not yet'] as const);
  if (billing === 'before') {
    finance.bill(stage, finance.unbilled);
    stage.note('billed before shipping');
    stage.pass();
  }
  if (stage.isOver() || !shipAll(stage, { bills: billing === 'at shipping' })) return;
  if (ledger.shipments.length > 0 && isCalledOff(stage, 0.04, 'cancelled after shipping')) return;
  payOrReverse(stage);
  sendBack(stage);
}

function comesToAnOrder(stage: Stage): boolean {
  const { random, ledger } = stage;
  if (!random.chance(0.12)) return true;
  offer(stage);
  stage.note('quote');
  stage.pass();
  if (stage.isOver()) return false;
  const isWon = random.chance(0.75);
  closeDeal(stage, ledger.quote!, isWon);
  stage.pass();
  if (!isWon) stage.note('quote lost');
  return isWon && !stage.isOver();
}

function passesCredit(stage: Stage): boolean {
  if (!stage.random.chance(0.1)) return true;
  const hold = finance.holdCredit(stage);
  stage.note('credit hold');
  stage.pass();
  if (stage.random.chance(0.2)) return false;
  finance.releaseCredit(stage, hold);
  stage.pass();
  return true;
}

function isCalledOff(stage: Stage, share: number, situation: string): boolean {
  if (!stage.random.chance(share)) return false;
  shop.cancelOrder(stage);
  stage.note(situation);
  stage.pass();
  return true;
}

function payOrReverse(stage: Stage): void {
  const { random, ledger } = stage;
  for (const invoice of [...ledger.invoices]) {
    if (random.chance(0.05)) {
      finance.reverse(stage, invoice);
      stage.note('invoice reversed');
      stage.pass();
      const anew = new Map(invoice.lines.map(({ line, quantity }) => [line, quantity]));
      if (random.chance(0.7)) finance.bill(stage, (line) => anew.get(line) ?? 0);
    } else if (random.chance(0.6)) finance.takePaymentOf(stage, invoice);
    stage.pass();
  }
}

function sendBack(stage: Stage): void {
  const { random, ledger } = stage;
  const line = ledger.lines.find(({ components, goods }) => components.length === 0 && goods.delivered > 0);
  if (line === undefined || !random.chance(0.12)) return;
  const id = wms.authorizeReturn(stage);
  stage.note('return');
  stage.pass();
  if (stage.isOver()) return;
  const quantity = random.whole(1, line.goods.delivered);
  wms.takeReturn(stage, id, line, quantity);
  stage.pass();
  if (random.chance(0.7)) finance.credit(stage, line, quantity);
}
