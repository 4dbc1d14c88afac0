import type { OrderEvent } from '../events/catalogue/index.ts';
import type { OrderLine } from '../events/catalogue/order.ts';
import { type Stamp, stampOf } from '../events/stamp.ts';
import type { ResolvedLinks } from '../xref/resolve-links.ts';
import type { Stage } from './headline.ts';
import type { FactStatement } from './line-facts.ts';
import { amountsOf, type LineAmounts } from './line-state.ts';
import { Registers } from './register.ts';
import { FULFILMENT_STAGES, needsFulfilment } from './stages.ts';
import { isUndone, type Undoing, undoingOf } from './undoings.ts';

/** Stages that quantities reach. */
export const QUANTITY_STAGES = [...FULFILMENT_STAGES, 'invoiced'] as const;
export type QuantityStage = (typeof QUANTITY_STAGES)[number];

/** What a line amounted to from a moment on. */
export interface AmountsSince {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly amounts: LineAmounts;
}

export interface ReplayedLine {
  readonly lineKey: string;
  readonly amounts: LineAmounts;
  readonly isGoods: boolean;
  /** What it amounted to, the oldest first. */
  readonly history: AmountsSince[];
}

/**
 * An order told from its beginning: takes events by the time at which they happened and adds up anew only the lines that each is about. After
 * each moment it has what the fold of everything until then has.
 */
export class StageReplay {
  readonly #links: ResolvedLinks;
  readonly #ordered = new Registers<OrderLine>();
  /** Lines by the roots of their components. */
  readonly #kits = new Map<string, Set<string>>();
  readonly #facts = new Registers<FactStatement>();
  /** Names of facts by the root of the line that they are about; sorted, as the fold has them. */
  readonly #factNames = new Map<string, string[]>();
  readonly #undoings = new Registers<Undoing>();
  readonly #undone = new Set<string>();
  readonly #lines = new Map<string, ReplayedLine>();
  readonly #touched = new Set<string>();
  /** Lines of which something is due, and of these those that are through. */
  readonly #goods = newTally();
  readonly #all = newTally();
  #isReceived = false;
  #isValidated = false;

  constructor(links: ResolvedLinks) {
    this.#links = links;
  }

  get lines(): ReadonlyMap<string, ReplayedLine> {
    return this.#lines;
  }

  /** An event other than a statement of a quantity. */
  take(event: OrderEvent): void {
    switch (event.type) {
      case 'com.platform.order.received.v1':
        this.#isReceived = true;
        this.#order(event.data.lines, stampOf(event));
        break;
      case 'com.platform.order.amended.v1':
        this.#order(event.data.lines ?? [], stampOf(event));
        break;
      case 'com.platform.order.validated.v1':
      case 'com.platform.order.confirmed.v1':
        this.#isValidated = true;
        break;
      default: {
        const undoing = undoingOf(event, this.#links);
        if (undoing) this.#undo(undoing, stampOf(event));
      }
    }
  }

  state(statement: FactStatement): void {
    const { name, stamp, lineRoot } = statement;
    const before = this.#facts.get(name)?.lineRoot;
    if (!this.#facts.state(name, stamp, statement)) return;
    if (before !== lineRoot) {
      if (before !== undefined) {
        this.#factNames.set(
          before,
          this.#namesAt(before).filter((one) => one !== name),
        );
        this.#touch(before);
      }
      this.#factNames.set(lineRoot, withName(this.#namesAt(lineRoot), name));
    }
    this.#touch(lineRoot);
  }

  /** Adds up, when all that happened at the moment has been taken, and says which stages are reached then. */
  reachedAt(at: number): (stage: Stage) => boolean {
    for (const root of this.#touched) this.#addUp(root, at);
    this.#touched.clear();
    return (stage) => {
      if (!this.#isReceived) return false;
      if (stage === 'received') return true;
      if (stage === 'validated') return this.#isValidated;
      const tally = stage === 'invoiced' ? this.#all : this.#goods;
      return tally.due > 0 && tally[stage] === tally.due;
    };
  }

  #order(lines: readonly OrderLine[], stamp: Stamp): void {
    for (const line of lines) {
      const root = this.#links.rootOf('order_line', line.lineKey);
      if (!this.#ordered.state(root, stamp, line)) continue;
      this.#touched.add(root);
      for (const { lineKey } of line.components ?? []) {
        const component = this.#links.rootOf('order_line', lineKey);
        this.#kits.set(component, (this.#kits.get(component) ?? new Set()).add(root));
      }
    }
  }

  #undo(undoing: Undoing, stamp: Stamp): void {
    if (!this.#undoings.state(undoing.name, stamp, undoing)) return;
    const { factRoot, isVoid } = undoing;
    if (this.#undone.has(factRoot) === isVoid) return;
    if (isVoid) this.#undone.add(factRoot);
    else this.#undone.delete(factRoot);
    for (const root of this.#factNames.keys()) this.#touch(root);
  }

  #touch(lineRoot: string): void {
    this.#touched.add(lineRoot);
    for (const kit of this.#kits.get(lineRoot) ?? []) this.#touched.add(kit);
  }

  #addUp(root: string, at: number): void {
    const ordered = this.#ordered.get(root);
    if (ordered === undefined) return;
    const amounts = amountsOf(root, ordered, (key) => this.#factsAt(this.#links.rootOf('order_line', key)));
    const before = this.#lines.get(root);
    if (before) this.#count(before, -1);
    const history = before?.history ?? [];
    history.push({ at, amounts });
    const replayed = { lineKey: ordered.lineKey, amounts, isGoods: needsFulfilment({ ordered }), history };
    this.#lines.set(root, replayed);
    this.#count(replayed, 1);
  }

  #namesAt(root: string): readonly string[] {
    return this.#factNames.get(root) ?? [];
  }

  #factsAt(root: string): FactStatement[] {
    const facts = this.#namesAt(root).map((name) => this.#facts.get(name)!);
    return this.#undone.size === 0 ? facts : facts.filter((fact) => !isUndone(fact, this.#undone));
  }

  #count({ amounts, isGoods }: ReplayedLine, by: 1 | -1): void {
    if (amounts.due === 0n) return;
    for (const tally of isGoods ? [this.#all, this.#goods] : [this.#all]) {
      tally.due += by;
      for (const stage of QUANTITY_STAGES) if (amounts[stage] >= amounts.due) tally[stage] += by;
    }
  }
}

type Tally = Record<QuantityStage | 'due', number>;
const newTally = (): Tally => ({ due: 0, allocated: 0, picked: 0, shipped: 0, delivered: 0, invoiced: 0 });

/** Sorted names with one more in its place. */
function withName(names: readonly string[], name: string): string[] {
  const at = names.findIndex((one) => one > name);
  return at === -1 ? [...names, name] : names.toSpliced(at, 0, name);
}
