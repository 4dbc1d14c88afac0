import type { PollTrigger } from '@crossdock/connector-sdk';
import { pollOdooChanged } from './odoo/changed/poll.ts';

/** How each trigger looks that has to ask for what has changed. */
export const pollersByType: ReadonlyMap<string, PollTrigger> = new Map<string, PollTrigger>(
  // Each gets the config of its own type alone, which a map cannot say.
  Object.entries({ 'odoo.changed': pollOdooChanged } as unknown as Record<string, PollTrigger>),
);
