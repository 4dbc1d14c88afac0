import { amendOrder } from './systems/shop.ts';
import type { World } from './world.ts';

/** The world, and how the story of it is told. */
export interface Stage extends World {
  note(situation: string): void;
  /** Whether the story ends here; asked between steps. */
  isOver(): boolean;
}

/** The customer wants more or less of some lines, or nothing of one. */
export function amend(stage: Stage, share: number, situation: string): void {
  const { random, ledger } = stage;
  if (!random.chance(share)) return;
  const line = random.pick(ledger.lines);
  const quantity = random.chance(0.2) ? 0 : Math.max(0, line.ordered + random.whole(-20, 20));
  amendOrder(stage, new Map([[line, quantity]]));
  stage.note(quantity === 0 ? `${situation}, a line dropped` : situation);
  stage.pass();
}
