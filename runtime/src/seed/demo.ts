import { isFlowError } from '@crossdock/errors';
import { parseFlow } from '@crossdock/flow-model';
import {
  deployRevision,
  flowFiles,
  insertDraft,
  publishRevision,
  readVariables,
  writeVariables,
} from '../api/index.ts';
import { recordedBySystem } from '../audit/index.ts';
import { connectSandbox } from './sandbox-connection.ts';
import type { SeedOptions } from './seed.ts';
import { type SeedSteps, sandboxStep } from './seed-steps.ts';

const AUTHOR = 'Crossdock';
const DEMO_FLOW = 'shop-order-to-erp';
const DEMO_ENV = 'dev';
const DEMO_VARIABLE = 'erpUrl';
/** What else flows of the demo take from their environment. */
const DEMO_VARIABLES = { erpCompany: 'demo' };

/** Imports every `flows/<name>/flow.json` as a draft; a file that is no flow is named in the log and passed over. */
export async function importFlows({ db, flowsDir, log }: SeedOptions, steps: SeedSteps): Promise<void> {
  if (steps.isDone('flows')) return;
  for (const { path: file, text } of await flowFiles(flowsDir)) {
    try {
      await insertDraft(db, { flow: parseFlow(text), by: AUTHOR, record: recordedBySystem(db.kysely, 'flow.created') });
    } catch (error) {
      if (isFlowError(error, 'API_CONFLICT')) continue;
      log.error({ err: error, file }, 'a flow file was not imported');
    }
  }
  await steps.done('flows');
}

/** Lets `$vars.erpUrl` and the connection `erp` of `dev` follow the sandbox, whose port may change, until a person points it elsewhere. */
export async function pointToSandbox(options: SeedOptions, steps: SeedSteps): Promise<void> {
  const { sandboxUrl, db } = options;
  if (sandboxUrl === undefined) return;
  await connectSandbox(options, steps, { env: DEMO_ENV, by: AUTHOR });
  const variables = await readVariables(db, DEMO_ENV);
  const now = variables[DEMO_VARIABLE];
  const isOurs = now === undefined ? !steps.isDone('demo') : steps.isDone(sandboxStep(String(now)));
  if (!isOurs || now === sandboxUrl) return;
  await steps.done(sandboxStep(sandboxUrl));
  await writeVariables(options, {
    env: DEMO_ENV,
    variables: { ...DEMO_VARIABLES, ...variables, [DEMO_VARIABLE]: sandboxUrl },
    by: AUTHOR,
    record: recordedBySystem(db.kysely, 'variables.changed'),
  });
}

/** Publishes and deploys the demo flow, so that a first order goes through at once. */
export async function deployDemo(options: SeedOptions, steps: SeedSteps): Promise<void> {
  if (steps.isDone('demo')) return;
  const { db, log } = options;
  try {
    const { revision } = await publishRevision(options, {
      flowId: DEMO_FLOW,
      message: 'First start',
      author: AUTHOR,
      record: recordedBySystem(db.kysely, 'flow.published'),
    });
    const active = await db.kysely
      .selectFrom('deployments')
      .select('deployment_id')
      .where('env', '=', DEMO_ENV)
      .where('flow_id', '=', DEMO_FLOW)
      .where('status', '=', 'active')
      .executeTakeFirst();
    if (!active)
      await deployRevision(options, {
        env: DEMO_ENV,
        flowId: DEMO_FLOW,
        revision: revision.revision,
        by: AUTHOR,
        record: recordedBySystem(db.kysely, 'flow.deployed'),
      });
  } catch (error) {
    if (!isFlowError(error) || error.row.http >= 500) throw error;
    log.error({ err: error, issues: error.details.issues }, 'the demo flow was not deployed');
  }
  await steps.done('demo');
}
