import type { Config } from '../config.ts';
import type { Logger } from '../log.ts';
import type { Database } from '../store/index.ts';
import { patiently } from './patiently.ts';

export const needsDatabase = ({ roles }: Config): boolean => roles.has('api') || roles.has('projector');

/** PGlite in the data folder, or PostgreSQL by URL, waited for. Undefined when no role needs it, or when stopped meanwhile. */
export async function openControlDatabase(
  config: Config,
  context: { log: Logger; isStopping: () => boolean },
): Promise<Database | undefined> {
  if (!needsDatabase(config)) return undefined;
  // Workers and ingresses of a larger installation never load it.
  const { openDatabase } = await import('../store/index.ts');
  const open = () => openDatabase({ url: config.databaseUrl, dir: config.dataDir, log: context.log });
  return config.databaseUrl === undefined ? open() : patiently('the database', open, context);
}
