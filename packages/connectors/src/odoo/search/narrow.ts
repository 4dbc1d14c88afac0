import type { ConfigOf, NarrowAnswer } from '@crossdock/connector-sdk';
import { domainParts } from '../values/domain.ts';
import { domainMatches } from '../values/domain-match.ts';
import { recordsOf } from '../values/records-of.ts';
import type { odooSearch } from './manifest.ts';

/** Leaves out the records that the domain does not let through, and those over the limit. What their fields do not tell lets them through. */
export const narrowOdooSearch: NarrowAnswer<ConfigOf<typeof odooSearch>> = async (output, { config, evaluate }) => {
  const records = recordsOf(output);
  if (!records) return output;
  const domain = domainParts(await evaluate(config.domain));
  const found = records.filter((record) => domainMatches(domain, record) !== false);
  const { more = false } = output as { more?: unknown };
  return { ...(output as object), records: found.slice(0, config.limit), more: more || found.length > config.limit };
};
