import type { OrderEvent } from '../events/catalogue/index.ts';
import { stampOf } from '../events/stamp.ts';
import type { ResolvedLinks } from '../xref/resolve-links.ts';
import type { FactStatement } from './line-facts.ts';
import { Registers } from './register.ts';

/** Whether a shipment or an invoice stands, by one event about it. */
export interface Undoing {
  readonly name: string;
  /** Root of its key, and so of the facts that are in it. */
  readonly factRoot: string;
  readonly isVoid: boolean;
}

/** Roots of the shipments that were voided and of the invoices that were reversed, by what was said of each last. */
export function undoneRoots(events: readonly OrderEvent[], links: ResolvedLinks): ReadonlySet<string> {
  const registers = new Registers<Undoing>();
  for (const event of events) {
    const undoing = undoingOf(event, links);
    if (undoing) registers.state(undoing.name, stampOf(event), undoing);
  }
  const all = registers.sorted().map(([, undoing]) => undoing);
  return new Set(all.filter(({ isVoid }) => isVoid).map(({ factRoot }) => factRoot));
}

/** What an event says about that; undefined for one that says nothing. */
export function undoingOf(event: OrderEvent, links: ResolvedLinks): Undoing | undefined {
  switch (event.type) {
    case 'com.platform.shipment.created.v1':
    case 'com.platform.shipment.updated.v1':
    case 'com.platform.shipment.voided.v1': {
      const factRoot = links.rootOf('shipment', event.data.shipmentKey);
      return { name: `shipment\n${factRoot}`, factRoot, isVoid: event.type === 'com.platform.shipment.voided.v1' };
    }
    case 'com.platform.invoice.posted.v1':
    case 'com.platform.invoice.paid.v1':
    case 'com.platform.invoice.reversed.v1': {
      const factRoot = links.rootOf('invoice', event.data.invoiceKey);
      return { name: `invoice\n${factRoot}`, factRoot, isVoid: event.type === 'com.platform.invoice.reversed.v1' };
    }
    default:
      return undefined;
  }
}

/** What a voided shipment or a reversed invoice takes back. What came home of it, or was allocated for it, is another matter. */
const IN_DOCUMENTS: ReadonlySet<string> = new Set(['packed', 'shipped', 'invoiced', 'credited']);

/** Whether a fact does not count, as its document was taken back. */
export const isUndone = ({ factRoot, kind }: FactStatement, undone: ReadonlySet<string>): boolean =>
  undone.has(factRoot) && IN_DOCUMENTS.has(kind);
