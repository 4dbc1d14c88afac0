import { FlowError } from '@crossdock/errors';
import { fieldOn } from '../client/dialect.ts';
import type { KnownModel } from './known-model.ts';
import { encoded } from './odoo-values.ts';

const JOINS = ['&', '|', '!'] as const;

export type Condition = readonly [path: string, operator: string, value: unknown];
/** A condition, or what joins the conditions behind it. */
export type DomainPart = (typeof JOINS)[number] | Condition;

/** The parts of a domain: `[["state", "=", "sale"]]`. Throws `CONFIG_INVALID` that names the part which is no condition. */
export function domainParts(domain: unknown): DomainPart[] {
  if (!Array.isArray(domain)) throw invalid('it gives no list of conditions');
  return domain.map((part: unknown, at) => {
    const isPart = JOINS.some((one) => one === part) || isCondition(part);
    if (isPart) return part as DomainPart;
    const reason = `part ${at + 1} is ${JSON.stringify(part)?.slice(0, 100)}, and must be [field, operator, value] or one of ${JOINS.join(' ')}`;
    throw invalid(reason);
  });
}

/** A domain with names and values as the server wants them. Throws as `domainParts` does. */
export function serverDomain(domain: unknown, { model, fields }: Pick<KnownModel, 'model' | 'fields'>): unknown[] {
  return domainParts(domain).map((part) => {
    if (typeof part === 'string') return part;
    const [path, operator, value] = part;
    const [first = '', ...rest] = path.split('.');
    const name = fieldOn(fields, model, first);
    const type = rest.length === 0 ? fields[name]?.type : undefined;
    const sent = Array.isArray(value) ? value.map((one) => encoded(one, type)) : encoded(value, type);
    return [[name, ...rest].join('.'), operator, sent];
  });
}

const isCondition = (part: unknown): boolean =>
  Array.isArray(part) && part.length === 3 && typeof part[0] === 'string' && typeof part[1] === 'string';

const invalid = (reason: string): FlowError =>
  new FlowError('CONFIG_INVALID', { details: { what: 'the domain', reason } });
