import { createHash } from 'node:crypto';
import type { OdooClient } from '../client/odoo-client.ts';
import type { KnownModel } from '../values/known-model.ts';
import { type OdooRecord, readRecords } from '../values/records.ts';
import type { OdooChangedConfig } from './manifest.ts';
import type { Seen } from './position.ts';

/** What a look reads with. */
export interface ModelReader {
  readonly client: OdooClient;
  readonly known: KnownModel;
  readonly config: OdooChangedConfig;
  /** As the server wants it. */
  readonly domain: readonly unknown[];
}

const WRITTEN = 'write_date';
/** Ids asked for at once. */
const PAGE = 5000;
/** Records beyond the conditions, archived ones too. */
const ALL = { active_test: false };

/** Ids that meet the conditions and were written then or later. Page by page by id, so that what is written meanwhile moves nothing. */
export async function findWritten(
  { client, known, config, domain }: ModelReader,
  fromSeconds: number,
): Promise<number[]> {
  const found: number[] = [];
  for (;;) {
    const after = found.at(-1) ?? 0;
    const conditions = [...domain, [WRITTEN, '>=', odooTime(fromSeconds)], ['id', '>', after]];
    const page = (await client.call({
      ...{ model: known.serverModel, method: 'search', args: { domain: conditions, order: 'id', limit: PAGE } },
      ...(config.context ? { context: config.context } : {}),
    })) as number[];
    found.push(...page);
    if (page.length < PAGE) return found;
  }
}

/** Reads what was found, and records beside it that may not meet the conditions any more. */
export async function readSeen(
  { client, known, config }: ModelReader,
  found: readonly number[],
  beside: readonly number[],
): Promise<Seen<OdooRecord>[]> {
  const isFound = new Set(found);
  const ids = [...new Set([...found, ...beside])];
  const fields = [...new Set([...config.fields, WRITTEN])];
  const context = config.context ? { context: config.context } : {};
  const records = await readRecords(client, known, { ids, fields, ...context });
  return records.map((record) => {
    const content = Object.fromEntries(['id', ...config.fields].map((name) => [name, record[name]])) as OdooRecord;
    return {
      ...{ id: record.id, content, isFound: isFound.has(record.id) },
      ...{ at: secondsOf(record[WRITTEN]), hash: hashOf(content) },
    };
  });
}

/** The newest time at which any record of the model was written; seconds since 1970, undefined where there is none. */
export async function newestWrite({ client, known }: ModelReader): Promise<number | undefined> {
  const [newest] = (await client.call({
    ...{ model: known.serverModel, method: 'search', context: ALL },
    args: { domain: [[WRITTEN, '!=', false]], order: `${WRITTEN} desc`, limit: 1 },
  })) as number[];
  return newest === undefined ? undefined : (await writeTimes({ client, known }, [newest])).get(newest);
}

/** When these records were written; those that are no more are left out. */
export async function writeTimes(
  { client, known }: Pick<ModelReader, 'client' | 'known'>,
  ids: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  const records = await readRecords(client, known, { ids, fields: [WRITTEN], context: ALL });
  return new Map(records.map((record) => [record.id, secondsOf(record[WRITTEN])]));
}

/** Those of these ids that no record has. */
export async function whichAreGone({ client, known }: ModelReader, ids: readonly number[]): Promise<number[]> {
  const there = new Set<number>();
  for (let at = 0; at < ids.length; at += PAGE) {
    const domain = [['id', 'in', ids.slice(at, at + PAGE)]];
    const args = { domain, order: 'id' };
    const page = (await client.call({
      model: known.serverModel,
      method: 'search',
      args,
      context: ALL,
    })) as number[];
    for (const id of page) there.add(id);
  }
  return ids.filter((id) => !there.has(id));
}

const odooTime = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ');

const secondsOf = (time: unknown): number => Math.floor(Date.parse(String(time)) / 1000) || 0;

const hashOf = (content: OdooRecord): string =>
  createHash('sha256').update(JSON.stringify(content)).digest('base64url').slice(0, 8);
