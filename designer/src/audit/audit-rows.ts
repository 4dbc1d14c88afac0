import type { AuditRow } from '@crossdock/api-contract';
import type { LinkProps } from '@tanstack/react-router';

/** One field that a change touched. */
export interface ChangedField {
  /** Names from the outside in: `nodes`, `map`, `config`. */
  path: readonly string[];
  /** `undefined` where that side does not have it. */
  before: unknown;
  after: unknown;
}

/** The fields of what differs, each on its own, in their order; what is no object is one field without a path. */
export function changedFields(before: unknown, after: unknown, path: readonly string[] = []): ChangedField[] {
  const [a, b] = [fieldsOf(before), fieldsOf(after)];
  const isLeaf = (before !== undefined && !a) || (after !== undefined && !b) || (!a && !b);
  if (isLeaf) return before === undefined && after === undefined ? [] : [{ path, before, after }];
  const names = [...new Set([...Object.keys(a ?? {}), ...Object.keys(b ?? {})])];
  return names.flatMap((name) => changedFields(a?.[name], b?.[name], [...path, name]));
}

function fieldsOf(value: unknown): Record<string, unknown> | undefined {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject && Object.keys(value).length > 0 ? (value as Record<string, unknown>) : undefined;
}

/** A value on one line or several, as people read it. */
export function valueText(value: unknown): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}

/** What was changed, as people call it: by its name, by who they are where it was their own, else by its id. */
export function thingIn({ thing, thingName, by }: Pick<AuditRow, 'thing' | 'thingName' | 'by'>): string {
  return thingName ?? (by.id === thing ? by.name : thing);
}

/** The page of what was changed, where it has one that may still be there. */
export function placeOf({ action, thing }: Pick<AuditRow, 'action' | 'thing'>): LinkProps | undefined {
  const [kind, what] = action.split('.');
  // A payload is called `<execution>/<payload>`.
  const [id = ''] = thing.split('/');
  if (kind === 'execution' || kind === 'payload')
    return { to: '/executions/$executionId', params: { executionId: id } } as LinkProps;
  if (kind === 'flow' && what !== 'deleted') return { to: '/flows/$flowId', params: { flowId: id } } as LinkProps;
  return undefined;
}
