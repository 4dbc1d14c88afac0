import { FAILED_RECORD_DAYS } from '@crossdock/flow-model';
import Type, { type Static } from 'typebox';
import { defineRoute } from './route.ts';
import { EnvName } from './schemas.ts';

/** The longest that any record is kept, and the shortest for the audit. */
export const RETENTION_BOUNDS = { mostDays: 3650, leastAuditDays: 30 } as const;
const { mostDays, leastAuditDays } = RETENTION_BOUNDS;
const days = (description: string) => Type.Integer({ minimum: 1, maximum: mostDays, description });

/** How long an environment keeps what it did, in days. */
export const Retention = Type.Object(
  {
    executionDays: days('Executions that have ended, with their steps and keys'),
    payloadDays: days(
      'Payloads of triggers and steps; at most as long as executions. What has not ended and open dead letters keep theirs',
    ),
    deadLetterDays: days(
      `Dead letters: what failed, with its error; while open, with its execution and payloads. At most ${FAILED_RECORD_DAYS}, as long as a replay finds the record of the failure`,
    ),
  },
  { additionalProperties: false },
);
export type Retention = Static<typeof Retention>;

const count = Type.Integer({ minimum: 0 });
export const RetentionEffect = Type.Object({ executions: count, payloads: count, deadLetters: count });
export type RetentionEffect = Static<typeof RetentionEffect>;

export const AuditRetention = Type.Object(
  { auditDays: Type.Integer({ minimum: leastAuditDays, maximum: mostDays, description: 'Rows of the audit' }) },
  { additionalProperties: false },
);

const EnvParams = Type.Object({ env: EnvName });

/** How long records are kept, by environment; the audit by installation. */
export const retentionRoutes = {
  getRetention: defineRoute({
    id: 'getRetention',
    method: 'GET',
    path: '/api/v1/environments/:env/retention',
    permission: 'executions:read',
    summary: 'How long an environment keeps its records',
    params: EnvParams,
    responses: { 200: Retention },
  }),
  putRetention: defineRoute({
    id: 'putRetention',
    method: 'PUT',
    path: '/api/v1/environments/:env/retention',
    permission: 'retention:write',
    audit: 'retention.changed',
    summary: 'Say how long an environment keeps its records; older ones go within the hour',
    params: EnvParams,
    body: Retention,
    responses: { 200: Retention },
  }),
  previewRetention: defineRoute({
    id: 'previewRetention',
    method: 'GET',
    path: '/api/v1/environments/:env/retention/effect',
    permission: 'executions:read',
    summary: 'How many records these periods would remove now',
    params: EnvParams,
    query: Retention,
    responses: { 200: RetentionEffect },
  }),
  getAuditRetention: defineRoute({
    id: 'getAuditRetention',
    method: 'GET',
    path: '/api/v1/retention',
    permission: 'executions:read',
    summary: 'How long the audit is kept',
    responses: { 200: AuditRetention },
  }),
  putAuditRetention: defineRoute({
    id: 'putAuditRetention',
    method: 'PUT',
    path: '/api/v1/retention',
    permission: 'retention:write',
    audit: 'retention.changed',
    summary: 'Say how long the audit is kept',
    body: AuditRetention,
    responses: { 200: AuditRetention },
  }),
} as const;
