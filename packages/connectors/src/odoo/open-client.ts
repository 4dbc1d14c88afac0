import type { RunContext } from '@crossdock/connector-sdk';
import { type OdooClient, odooClient } from './client/odoo-client.ts';
import type { OdooConnection } from './client/odoo-connection.ts';

/** The node's connection, and a client for this attempt. */
export async function openClient(
  context: Pick<RunContext, 'connection' | 'http' | 'signal'>,
): Promise<{ connection: OdooConnection; client: OdooClient }> {
  const connection = (await context.connection()) as OdooConnection;
  return { connection, client: await odooClient(connection, context) };
}
