import { modelOn } from '../client/dialect.ts';
import { type ModelFields, modelFields } from '../client/model-fields.ts';
import type { OdooClient } from '../client/odoo-client.ts';
import type { OdooConnection } from '../client/odoo-connection.ts';

/** A model as a node names it, with what is known of it on the server. */
export interface KnownModel {
  /** By the names of 19. */
  readonly model: string;
  readonly serverModel: string;
  readonly fields: ModelFields;
}

export async function knownModel(connection: OdooConnection, client: OdooClient, model: string): Promise<KnownModel> {
  const serverModel = modelOn(client.major, model);
  return { model, serverModel, fields: await modelFields(connection, client, serverModel) };
}
