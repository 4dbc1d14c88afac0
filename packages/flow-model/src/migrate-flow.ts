import { FlowError } from '@crossdock/errors';

/** Turns a document of one format version into the next. Gets and gives a plain JSON object; must not change what it gets. */
export type FlowMigration = (document: Record<string, unknown>) => Record<string, unknown>;

/** Key n leads from format version n to n + 1. A new format adds its row here, raises `FLOW_FORMAT_VERSION`, and brings a test. */
const FLOW_MIGRATIONS: ReadonlyMap<number, FlowMigration> = new Map();

/** The format that this Crossdock writes. */
export const FLOW_FORMAT_VERSION = 1;

/**
 * Brings a document up to the present format. One without a whole number as `formatVersion` comes back as it is, for `validateFlow` to
 * judge. Throws `FLOW_FORMAT_UNSUPPORTED` for a newer format, or an older one that no migration leads on from.
 */
export function migrateFlow(
  document: unknown,
  migrations: ReadonlyMap<number, FlowMigration> = FLOW_MIGRATIONS,
  target: number = FLOW_FORMAT_VERSION,
): unknown {
  if (!isObject(document) || !Number.isInteger(document.formatVersion)) return document;
  let current = document;
  for (let version = document.formatVersion as number; version !== target; version++) {
    const migration = version < target ? migrations.get(version) : undefined;
    if (!migration) throw new FlowError('FLOW_FORMAT_UNSUPPORTED', { details: { version: document.formatVersion } });
    current = { ...migration(current), formatVersion: version + 1 };
  }
  return current;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
