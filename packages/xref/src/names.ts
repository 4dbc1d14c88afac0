import { FlowError } from '@crossdock/errors';

/** What is offered first when one has to be chosen; an entity may have any name. */
export const KNOWN_ENTITIES = [
  'customer',
  'product',
  'order',
  'order_line',
  'shipment',
  'invoice',
  'return',
  'location',
  'carrier',
  'uom',
  'tax_code',
] as const;

/** JSON Schema pattern of an entity's name. */
export const ENTITY_PATTERN = '^[a-z][a-z0-9_]{0,39}$';
/** JSON Schema pattern of a system's name. Where ids repeat per partner or warehouse, the name carries it: `edi/acme`. */
export const SYSTEM_PATTERN = '^[a-z0-9][a-z0-9._/-]{0,59}$';
export const MAX_ID_LENGTH = 300;

const CONTROL = /\p{Cc}/u;

/** Why a text cannot be an id; undefined where it can. */
export function idProblem(id: string): string | undefined {
  if (id.trim() === '') return 'is empty';
  if (id !== id.trim()) return 'begins or ends with a space';
  if (id.length > MAX_ID_LENGTH) return `is longer than ${MAX_ID_LENGTH} characters`;
  return CONTROL.test(id) ? 'has a control character' : undefined;
}

export const isSystem = (name: string): boolean => new RegExp(SYSTEM_PATTERN).test(name);
export const isEntity = (name: string): boolean => new RegExp(ENTITY_PATTERN).test(name);

/** Throws `DATA_XREF_INVALID` for what cannot be linked, naming the field. */
export function checkXref(entity: string, ids: readonly { readonly system: string; readonly id: string }[]): void {
  const invalid = (field: string, reason: string) => new FlowError('DATA_XREF_INVALID', { details: { field, reason } });
  if (!isEntity(entity))
    throw invalid(`the entity "${entity}"`, 'must be small letters, digits and _, such as customer');
  for (const { system, id } of ids) {
    if (!isSystem(system)) throw invalid(`the system "${system}"`, 'must be small letters, digits and . _ - /');
    const problem = idProblem(id);
    if (problem !== undefined) throw invalid(`the id in ${system}`, problem);
  }
}
