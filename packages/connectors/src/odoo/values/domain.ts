import { FlowError } from '@crossdock/errors';
import { fieldOn } from '../client/dialect.ts';
import type { KnownModel } from './known-model.ts';
import { encoded } from './odoo-values.ts';

const OPERATORS = ['&', '|', '!'];

/**
 * A domain with names and values as the server wants them: `[["state", "=", "sale"]]`, with `"&"`, `"|"`, `"!"` before what they join.
 * Throws `CONFIG_INVALID` that names the part which is no condition.
 */
export function serverDomain(domain: unknown, { model, fields }: Pick<KnownModel, 'model' | 'fields'>): unknown[] {
  if (!Array.isArray(domain)) throw invalid('it gives no list of conditions');
  return domain.map((part: unknown, at) => {
    if (typeof part === 'string' && OPERATORS.includes(part)) return part;
    if (!Array.isArray(part) || part.length !== 3 || typeof part[0] !== 'string' || typeof part[1] !== 'string') {
      const reason = `part ${at + 1} is ${JSON.stringify(part)?.slice(0, 100)}, and must be [field, operator, value] or one of ${OPERATORS.join(' ')}`;
      throw invalid(reason);
    }
    const [path, operator, value] = part as [string, string, unknown];
    const [first = '', ...rest] = path.split('.');
    const name = fieldOn(fields, model, first);
    const type = rest.length === 0 ? fields[name]?.type : undefined;
    const sent = Array.isArray(value) ? value.map((one) => encoded(one, type)) : encoded(value, type);
    return [[name, ...rest].join('.'), operator, sent];
  });
}

const invalid = (reason: string): FlowError =>
  new FlowError('CONFIG_INVALID', { details: { what: 'the domain', reason } });
