import type { Bus } from '@crossdock/bus';
import type { Auth } from '../auth/index.ts';
import type { EgressForesight } from '../egress/index.ts';
import type { Logger } from '../log.ts';
import type { Database } from '../store/index.ts';
import type { KeyRing } from '../vault/index.ts';
import { seedAdmin } from './admin.ts';
import { deployDemo, importFlows, pointToSandbox } from './demo.ts';
import { reconcileRegistry } from './reconcile-registry.ts';
import { readSeedSteps, type SeedSteps } from './seed-steps.ts';

export interface SeedOptions {
  db: Database;
  bus: Bus;
  auth: Auth;
  keyRing: KeyRing;
  refuses: EgressForesight;
  log: Logger;
  /** Folder of the flow files. */
  flowsDir: string;
  adminEmail?: string | undefined;
  /** At least 12 characters; made up when not given. */
  adminPassword?: string | undefined;
  adminApiKey?: string | undefined;
  sandboxUrl?: string | undefined;
}

export interface SeedResult {
  /** Of the first admin. */
  email: string;
  /** Only when it was made up in this start: nobody can read it later. */
  password?: string;
  /** The admin was made in this start. */
  isFirstStart: boolean;
}

const ENVIRONMENTS = [
  { name: 'dev', title: 'Development', tone: 'neutral' },
  { name: 'test', title: 'Test', tone: 'amber' },
  { name: 'prod', title: 'Production', tone: 'red' },
] as const;

/**
 * Gives an empty database its admin, environments, flows and running demo; finishes what a killed start left undone; and at every start
 * puts on the bus what SQL says is active. Throws `CONFIG_INVALID` for an admin password that is too short.
 */
export async function seedFirstStart(options: SeedOptions): Promise<SeedResult> {
  const steps = await readSeedSteps(options.db);
  await addEnvironments(options.db, steps);
  await reconcileRegistry(options);
  await importFlows(options, steps);
  await pointToSandbox(options, steps);
  await deployDemo(options, steps);
  // Last, so that a password is made up by the very start that lives to show it.
  return seedAdmin(options, steps);
}

/** Once: one that was deleted since stays deleted. */
async function addEnvironments({ kysely }: Database, steps: SeedSteps): Promise<void> {
  if (steps.isDone('environments')) return;
  for (const environment of ENVIRONMENTS)
    await kysely
      .insertInto('environments')
      .values(environment)
      .onConflict((conflict) => conflict.column('name').doNothing())
      .execute();
  await steps.done('environments');
}
