import type { OrderIdentifier } from '@crossdock/api-contract';
import type { PublishedConnection } from '@crossdock/bus';

const MODEL = /^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+$/;
const ID = /^[1-9]\d{0,15}$/;

/**
 * Where a system shows what it names, as far as its connection tells: records of Odoo. The connection is the one of that name, or the only one to
 * such a system.
 */
export function linkOf(
  { system, type, value }: OrderIdentifier,
  connections: readonly Pick<PublishedConnection, 'name' | 'type' | 'settings'>[],
): string | undefined {
  if (!MODEL.test(type) || !ID.test(value)) return undefined;
  const all = connections.filter((one) => one.type === 'odoo');
  const connection =
    all.find(({ name }) => name === system) ?? (system === 'odoo' && all.length === 1 ? all[0] : undefined);
  const { url } = connection?.settings ?? {};
  return typeof url === 'string' ? `${url.replace(/\/$/, '')}/web#id=${value}&model=${type}&view_type=form` : undefined;
}
