import type { NarrowAnswer } from '@crossdock/connector-sdk';
import { narrowOdooRead } from './odoo/read/narrow.ts';
import { narrowOdooSearch } from './odoo/search/narrow.ts';

/** What makes the answers that stand for nodes in simulated runs fit what is asked, by node type; others stand as they are given. */
export const answerNarrowersByType: ReadonlyMap<string, NarrowAnswer> = new Map<string, NarrowAnswer>(
  // Each gets the settings of its own type alone, which a map cannot say.
  Object.entries({ 'odoo.search': narrowOdooSearch, 'odoo.read': narrowOdooRead } as unknown as Record<
    string,
    NarrowAnswer
  >),
);
