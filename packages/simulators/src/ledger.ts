/** What became of goods, in units. */
export interface Goods {
  allocated: number;
  picked: number;
  packed: number;
  shipped: number;
  delivered: number;
  returned: number;
}

export interface LedgerComponent {
  readonly id: string;
  readonly sku: string;
  /** So many make one kit. */
  readonly ratio: number;
  readonly goods: Goods;
}

export interface LedgerLine {
  readonly id: string;
  readonly sku: string;
  readonly priceCents: number;
  readonly needsShipping: boolean;
  readonly path: 'stock' | 'dropship' | 'crossdock';
  /** Of a kit: its goods are those of its components. */
  readonly components: readonly LedgerComponent[];
  readonly goods: Goods;
  ordered: number;
  /** Not delivered any more. */
  cancelled: number;
  invoiced: number;
  credited: number;
  /** The warehouse said that so many come later. */
  later: number;
}

/** Goods that are handled as one: a line, or a component of a kit. */
export interface Unit {
  readonly line: LedgerLine;
  readonly component?: LedgerComponent | undefined;
}

export interface LedgerShipment {
  readonly id: string;
  readonly tracking: string;
  readonly path: 'stock' | 'dropship';
  readonly contents: Content[];
  state: 'packed' | 'shipped' | 'delivered' | 'voided';
  lastScan?: string;
}

export interface Content {
  readonly unit: Unit;
  readonly sku: string;
  /** In units of `sku`. */
  quantity: number;
  /** One of `sku` counts so many of what was ordered. */
  readonly ratio: number;
}

export interface LedgerInvoice {
  readonly id: string;
  readonly number: string;
  readonly lines: readonly { readonly line: LedgerLine; readonly quantity: number }[];
  state: 'posted' | 'paid' | 'reversed';
}

/**
 * What really happened to one order, as it happened: the simulators write it while they act, and nothing of it is read from what they tell.
 */
export interface Ledger {
  readonly orderNo: string;
  quote?: { readonly id: string; state: 'created' | 'accepted' | 'lost' };
  /** When, in milliseconds since 1970; undefined while it has not happened. */
  receivedAt?: number;
  paidAt?: number;
  cancelledAt?: number;
  readonly lines: LedgerLine[];
  readonly shipments: LedgerShipment[];
  readonly invoices: LedgerInvoice[];
  /** By id: whether it is open. */
  readonly holds: Map<string, boolean>;
  readonly exceptions: Map<string, boolean>;
  /** By id. */
  readonly returns: Map<string, 'authorized' | 'closed'>;
}

export const noGoods = (): Goods => ({ allocated: 0, picked: 0, packed: 0, shipped: 0, delivered: 0, returned: 0 });

export const openLedger = (orderNo: string): Ledger => ({
  ...{ orderNo, lines: [], shipments: [], invoices: [] },
  ...{ holds: new Map(), exceptions: new Map(), returns: new Map() },
});

export const dueOf = ({ ordered, cancelled }: LedgerLine): number => Math.max(0, ordered - cancelled);

export const goodsOf = ({ line, component }: Unit): Goods => (component ?? line).goods;

const MILLIONTHS = 1_000_000;

/** Of a kit there is what its scarcest component makes, rounded down to millionths. */
export function goodsIn({ goods, components }: LedgerLine): Goods {
  if (components.length === 0) return goods;
  const kits = (name: keyof Goods): number =>
    Math.min(...components.map(({ goods: all, ratio }) => Math.floor((all[name] * MILLIONTHS) / ratio) / MILLIONTHS));
  return {
    ...{ allocated: kits('allocated'), picked: kits('picked'), packed: kits('packed') },
    ...{ shipped: kits('shipped'), delivered: kits('delivered'), returned: kits('returned') },
  };
}

/** So many of the unit are wanted. */
export const wantedOf = ({ line, component }: Unit): number => dueOf(line) * (component?.ratio ?? 1);

/** What is handled by itself, of lines that are shipped. */
export const unitsOf = (ledger: Ledger): Unit[] =>
  ledger.lines
    .filter(({ needsShipping }) => needsShipping)
    .flatMap((line): Unit[] =>
      line.components.length === 0 ? [{ line }] : line.components.map((component) => ({ line, component })),
    );

/** Goods that left were picked, and what was picked was reserved: nobody else had them. */
export function settleGoods(goods: Goods): void {
  goods.shipped = Math.max(goods.shipped, goods.delivered);
  goods.picked = Math.max(goods.picked, goods.shipped);
  goods.allocated = Math.max(goods.allocated, goods.picked);
}
