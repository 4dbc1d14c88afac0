import type { Retention } from '@crossdock/api-contract';
import { FlowError } from '@crossdock/errors';
import { FAILED_RECORD_DAYS } from '@crossdock/flow-model';
import { readAuditDays, readRetention, retentionEffect } from '../projector/retention-settings.ts';
import type { ApiOptions } from './api.ts';
import { environmentNotFound } from './environments/environment-rows.ts';
import type { Handlers } from './mount.ts';

type RetentionRoutes = 'getRetention' | 'putRetention' | 'previewRetention' | 'getAuditRetention' | 'putAuditRetention';

/** The audit's own period has no environment: this names it there. */
const AUDIT = 'audit';

export function retentionHandlers({ db }: ApiOptions): Pick<Handlers, RetentionRoutes> {
  const known = async (env: string, from = db.kysely) => {
    const retention = await readRetention(from, env);
    if (retention === undefined) throw environmentNotFound(env);
    return retention;
  };
  return {
    async getRetention({ params: { env } }) {
      return { status: 200, body: await known(env) };
    },
    async putRetention({ params: { env }, body, audit }) {
      requireSense(body);
      return db.transaction(async (tx) => {
        const before = await known(env, tx);
        const { executionDays: retention_days, payloadDays: payload_days, deadLetterDays: dead_letter_days } = body;
        const row = { retention_days, payload_days, dead_letter_days };
        await tx.updateTable('environments').set(row).where('name', '=', env).execute();
        return { status: 200, body, audited: await audit.record({ id: env, env, before, after: body }, tx) };
      });
    },
    async previewRetention({ params: { env }, query }) {
      await known(env);
      return { status: 200, body: await retentionEffect(db.kysely, env, query) };
    },
    async getAuditRetention() {
      return { status: 200, body: { auditDays: await readAuditDays(db.kysely) } };
    },
    async putAuditRetention({ body, audit }) {
      return db.transaction(async (tx) => {
        const before = { auditDays: await readAuditDays(tx) };
        await tx.updateTable('installation').set({ audit_days: body.auditDays }).execute();
        return { status: 200, body, audited: await audit.record({ id: AUDIT, before, after: body }, tx) };
      });
    },
  };
}

function requireSense({ executionDays, payloadDays, deadLetterDays }: Retention): void {
  const refuse = (path: string, reason: string) =>
    new FlowError('API_BAD_REQUEST', { details: { path: `field "${path}"`, reason } });
  if (payloadDays > executionDays) {
    const kept = `(${payloadDays} days) than their executions (${executionDays} days)`;
    throw refuse('payloadDays', `is too long: payloads cannot be kept longer ${kept}`);
  }
  if (deadLetterDays > FAILED_RECORD_DAYS) {
    const kept = `what a replay needs is kept for ${FAILED_RECORD_DAYS} days`;
    throw refuse(
      'deadLetterDays',
      `must be at most ${FAILED_RECORD_DAYS}: ${kept}, and an older one could only be looked at`,
    );
  }
}
