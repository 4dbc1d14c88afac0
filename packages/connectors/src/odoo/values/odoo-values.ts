import type { ModelFields } from '../client/model-fields.ts';

const ODOO_TIME = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)$/;
const RFC_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/**
 * A record as Odoo gives it (`load: null`), as a payload: where the type has no `false` of its own it means empty and becomes null, a time
 * becomes RFC 3339 UTC. Many2one are ids, x2many lists of ids, days stay `YYYY-MM-DD`.
 */
export function decodedRecord(record: Readonly<Record<string, unknown>>, fields: ModelFields): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, decoded(value, fields[name]?.type)]));
}

function decoded(value: unknown, type: string | undefined): unknown {
  if (value === false && type !== undefined && type !== 'boolean') return null;
  const [, day, time] = (type === 'datetime' && typeof value === 'string' && ODOO_TIME.exec(value)) || [];
  return day === undefined ? value : `${day}T${time}Z`;
}

/** A value for Odoo: a time in RFC 3339 becomes `YYYY-MM-DD HH:MM:SS` in UTC, nothing becomes `false`. */
export function encoded(value: unknown, type: string | undefined): unknown {
  if (value === null || value === undefined) return false;
  if (type !== 'datetime' || typeof value !== 'string' || !RFC_TIME.test(value)) return value;
  const at = new Date(value);
  return Number.isNaN(at.getTime()) ? value : at.toISOString().slice(0, 19).replace('T', ' ');
}
