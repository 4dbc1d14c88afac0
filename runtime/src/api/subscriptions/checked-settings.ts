import { FlowError } from '@crossdock/errors';
import { type SubscriptionSettings, subscriptionProblems } from '@crossdock/orders';
import { signingTrouble } from '../../webhooks/index.ts';
import type { ApiOptions } from '../api.ts';

/** Settings that can be delivered by. Throws `API_BAD_REQUEST` for the first of what is wrong, with all of it in `details.problems`. */
export function checkedSettings({ bus }: Pick<ApiOptions, 'bus'>, env: string, given: unknown): SubscriptionSettings {
  const problems = subscriptionProblems(given);
  const [first] = problems;
  if (first) {
    const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
    const reason = `${first.message.slice(first.field.length).trim()}. ${first.fix}${more}`;
    throw new FlowError('API_BAD_REQUEST', { details: { path: `field "settings.${first.field}"`, reason, problems } });
  }
  const settings = given as SubscriptionSettings;
  const trouble = signingTrouble(bus.registry, env, settings.connection);
  if (trouble !== undefined)
    throw new FlowError('API_BAD_REQUEST', { details: { path: 'field "settings.connection"', reason: trouble } });
  return settings;
}
