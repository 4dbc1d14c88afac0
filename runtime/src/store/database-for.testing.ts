import { createHash } from 'node:crypto';
import { Client } from 'pg';
import type { DatabaseOptions } from './database.ts';

const EXISTS_ALREADY = '42P04';

/**
 * Where a test keeps its database: PGlite in `dir`, or in the suite on PostgreSQL a database of its own there, the same for the same folder.
 * That suite says where the server is with `TEST_DATABASE_URL`.
 */
export async function databaseFor(dir: string): Promise<Pick<DatabaseOptions, 'dir' | 'url'>> {
  const server = process.env.TEST_DATABASE_URL;
  if (server === undefined) return { dir };
  const name = `test_${createHash('sha256').update(dir).digest('hex').slice(0, 16)}`;
  const client = new Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(`create database ${name}`);
  } catch (error) {
    if ((error as { code?: string }).code !== EXISTS_ALREADY) throw error;
  } finally {
    await client.end();
  }
  const url = new URL(server);
  url.pathname = name;
  return { dir, url: url.href };
}
