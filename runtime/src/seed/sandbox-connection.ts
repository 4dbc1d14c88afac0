import { recordedBySystem } from '../audit/index.ts';
import { createConnection, updateConnection } from '../connections/index.ts';
import type { SeedOptions } from './seed.ts';
import { type SeedSteps, sandboxStep } from './seed-steps.ts';

const NAME = 'erp';

/** Lets the connection `erp` follow the sandbox, whose port may change, until a person points it elsewhere or removes it. */
export async function connectSandbox(
  options: SeedOptions,
  steps: SeedSteps,
  { env, by }: { env: string; by: string },
): Promise<void> {
  const { sandboxUrl, db } = options;
  if (sandboxUrl === undefined) return;
  const row = await db.kysely
    .selectFrom('connections')
    .selectAll()
    .where('env', '=', env)
    .where('name', '=', NAME)
    .executeTakeFirst();
  if (!row) {
    if (steps.isDone('demo')) return;
    await steps.done(sandboxStep(sandboxUrl));
    const settings = { baseUrl: sandboxUrl, checkPath: '/orders/count' };
    const record = recordedBySystem(db.kysely, 'connection.created');
    await createConnection(options, { env, name: NAME, type: 'http', settings, by, record });
    return;
  }
  const { baseUrl } = row.settings;
  if (baseUrl === sandboxUrl || !steps.isDone(sandboxStep(String(baseUrl)))) return;
  await steps.done(sandboxStep(sandboxUrl));
  const record = recordedBySystem(db.kysely, 'connection.changed');
  await updateConnection(options, row.connection_id, {
    settings: { ...row.settings, baseUrl: sandboxUrl },
    by,
    record,
  });
}
