import { FlowError } from '@crossdock/errors';
import type { JsonataError, NativeFunction } from '../../run.ts';
import { parseSignature } from '../signature.ts';

/** What is looked up: the id in another system of what an id of one system names. */
export interface CrossReferenceQuery {
  readonly entity: string;
  readonly system: string;
  readonly id: string;
  readonly toSystem: string;
}

/** Where cross-references come from. Gives the ids in that system, none where the thing has none; may be asynchronous. */
export type CrossReferences = (query: CrossReferenceQuery) => readonly string[] | Promise<readonly string[]>;

const SIGNATURE = '<ss(sn)sx?:x>';
const CHECKS = parseSignature(SIGNATURE);

/** What `$xref` is without cross-references: `D4031` for each call. */
export const crossReferenceFunctions: readonly NativeFunction[] = [
  { name: 'xref', signature: SIGNATURE, params: ['entity', 'system', 'id', 'toSystem', 'default'], call: notConnected },
];

function notConnected(): never {
  const message = 'no cross-references are connected here: $xref has nowhere to look';
  throw { code: 'D4031', message } satisfies JsonataError;
}

/**
 * `$xref` for the bindings of an evaluation, under the name `xref`. Throws `DATA_XREF_MISSING` where there is none and no default, `DATA_XREF_SEVERAL`, and
 * what the port throws.
 */
export function crossReferenceFunction(find: CrossReferences) {
  return async (...args: unknown[]): Promise<unknown> => {
    const [entity, system, id, toSystem, fallback] = CHECKS.validate(args, undefined);
    if (entity === undefined || system === undefined || id === undefined || toSystem === undefined) return fallback;
    const query = { entity: String(entity), system: String(system), id: String(id), toSystem: String(toSystem) };
    const [found, ...others] = await find(query);
    if (others.length > 0)
      throw new FlowError('DATA_XREF_SEVERAL', { details: { ...query, count: others.length + 1 } });
    if (found !== undefined) return found;
    if (fallback === undefined) throw new FlowError('DATA_XREF_MISSING', { details: { ...query } });
    return fallback;
  };
}
