import type { ListChoices } from '@crossdock/connector-sdk';
import { listOdooChoices } from './odoo/choices/list-choices.ts';

/** What the settings of nodes can be chosen from, by the type of their connection; a type that has nothing to choose from is not here. */
export const connectionChoicesByType: ReadonlyMap<string, ListChoices> = new Map<string, ListChoices>(
  // Each gets connections of its own type alone, which a map cannot say.
  Object.entries({ odoo: listOdooChoices } as unknown as Record<string, ListChoices>),
);
