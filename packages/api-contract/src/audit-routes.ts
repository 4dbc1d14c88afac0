import Type from 'typebox';
import * as p from './people-schemas.ts';
import { defineRoute } from './route.ts';
import * as s from './schemas.ts';

/** Who changed what, when and from where. */
export const auditRoutes = {
  listAudit: defineRoute({
    id: 'listAudit',
    method: 'GET',
    path: '/api/v1/audit',
    permission: 'audit:read',
    summary: 'Changes, newest first',
    query: Type.Object({ ...s.PageQuery, ...p.auditFilter }, { additionalProperties: false }),
    responses: { 200: p.AuditPage },
  }),
  exportAudit: defineRoute({
    id: 'exportAudit',
    method: 'GET',
    path: '/api/v1/audit/export',
    permission: 'audit:read',
    audit: 'audit.exported',
    summary: 'All changes that a filter finds, oldest first, with what differs, as CSV or as one JSON object a line',
    query: Type.Object(
      { ...p.auditFilter, format: Type.Optional(s.literals(['csv', 'jsonl'])) },
      { additionalProperties: false },
    ),
    produces: 'text/csv',
    responses: { 200: Type.String() },
  }),
  getAudit: defineRoute({
    id: 'getAudit',
    method: 'GET',
    path: '/api/v1/audit/:number',
    permission: 'audit:read',
    summary: 'One change, with what differs before and after',
    params: Type.Object({ number: Type.Integer({ minimum: 1 }) }),
    responses: { 200: p.AuditDetail },
  }),
} as const;
