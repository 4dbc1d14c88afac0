import type { CheckConnection } from '@crossdock/connector-sdk';
import { checkHttpConnection } from './http/connection/check.ts';
import { checkSmtpConnection } from './mail/connection/check.ts';
import { checkOdooConnection } from './odoo/connection/check.ts';

/** How a connection of each type is tried out; a type that has no check is not here. */
export const connectionChecksByType: ReadonlyMap<string, CheckConnection> = new Map<string, CheckConnection>(
  // Each gets connections of its own type alone, which a map cannot say.
  Object.entries({
    http: checkHttpConnection,
    smtp: checkSmtpConnection,
    odoo: checkOdooConnection,
  } as unknown as Record<string, CheckConnection>),
);
