import { randomUUID } from 'node:crypto';
import { WORKBENCH_ENV } from '@crossdock/api-contract';
import { manifestsByType } from '@crossdock/connectors/manifests';
import { runnersByType } from '@crossdock/connectors/runners';
import { runOnce, systemClock } from '@crossdock/engine';
import { FlowError } from '@crossdock/errors';
import { parseFlow } from '@crossdock/flow-model';
import type { ApiOptions } from './api.ts';
import { readDraft } from './drafts.ts';
import { readVariables } from './environments/variables.ts';
import { hasErrors, issuesOf } from './flow-rules.ts';
import { maskedTestRun } from './masked-test-run.ts';
import type { Handlers } from './mount.ts';

/** A person waits for it. */
const TEST_RUN_TIMEOUT_MS = 60_000;

export function testRunHandlers({ db, bus, http, connections, vault }: ApiOptions): Pick<Handlers, 'testRun'> {
  return {
    async testRun({ params, body, signal }) {
      const flow = parseFlow((await readDraft(db, params.flowId)).document);
      const issues = issuesOf(flow);
      if (hasErrors(issues)) throw new FlowError('FLOW_INVALID', { details: { issues } });
      const { effects = 'simulate' } = body;
      const timeout = AbortSignal.timeout(TEST_RUN_TIMEOUT_MS);
      try {
        const result = await runOnce({
          flow,
          payload: body.payload,
          headers: body.headers ?? {},
          effects,
          env: WORKBENCH_ENV,
          variables: await readVariables(db, WORKBENCH_ENV),
          ports: {
            manifests: manifestsByType,
            runners: runnersByType,
            http,
            connections,
            blobs: bus.blobs,
            clock: systemClock,
            newToken: randomUUID,
            random: Math.random,
          },
          signal: AbortSignal.any([signal, timeout]),
        });
        // Simulated, there is nothing but what this person typed in.
        const mask = effects === 'real' ? (flow.settings?.mask ?? []) : [];
        return { status: 200, body: maskedTestRun(vault, { env: WORKBENCH_ENV, mask }, result) };
      } catch (error) {
        if (timeout.aborted)
          throw new FlowError('RUN_TIMED_OUT', { details: { timeoutMs: TEST_RUN_TIMEOUT_MS }, cause: error });
        throw error;
      }
    },
  };
}
