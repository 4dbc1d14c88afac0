import { flowSchema } from './flow-schema.ts';
import type { Issue } from './issue.ts';
import { makeIssue } from './make-issue.ts';
import { FLOW_FORMAT_VERSION } from './migrate-flow.ts';
import { fieldName, pointerOf } from './pointer.ts';
import { type SchemaProblem, schemaProblems } from './schema-problems.ts';

/** A payload in a sample may be 100 levels deep; the document around it adds a few. */
export const MAX_FLOW_DEPTH = 110;

/** Keywords whose breach makes a document unusable, not only wrong. */
const SHAPE_KEYWORDS = new Set(['type', 'required', 'const']);

/** Issues of the document against `flow.schema.json`. A document nested too deep has just that one. */
export function structureIssues(document: unknown): Issue[] {
  return problemsOf(document).map((problem) => structureIssue(problem, document));
}

/**
 * The issues that make this no flow document at all: fields of the wrong type or missing, a flow id that cannot be one. A draft may have
 * any other issue, but code that takes a `Flow` relies on there being none of these.
 */
export function shapeIssues(document: unknown): Issue[] {
  const broken = problemsOf(document).filter(
    (problem) => SHAPE_KEYWORDS.has(problem.keyword) || (problem.keys.length === 1 && problem.keys[0] === 'id'),
  );
  return broken.map((problem) => structureIssue(problem, document));
}

function problemsOf(document: unknown): SchemaProblem[] {
  if (isDeeperThan(document, MAX_FLOW_DEPTH)) {
    return [{ keys: [], keyword: 'type', reason: `is nested deeper than ${MAX_FLOW_DEPTH} levels` }];
  }
  return schemaProblems(document, flowSchema);
}

function structureIssue(problem: SchemaProblem, document: unknown): Issue {
  const { keys, keyword, reason } = problem;
  const [list, index] = keys;
  const item = itemAt(document, list, index);
  const id = typeof item?.id === 'string' ? item.id : undefined;
  const where = {
    path: pointerOf(keys),
    ...(list === 'nodes' && id !== undefined ? { nodeId: id } : {}),
    ...(list === 'edges' && id !== undefined ? { edgeId: id } : {}),
  };
  const shown = fieldName(id !== undefined && keys.length > 2 ? keys.slice(2) : keys);
  const name = shown === '' ? 'the document' : `"${shown}"`;
  if (keyword === 'unknown' && keys.length > 0)
    return makeIssue('FLOW_UNKNOWN_FIELD', { ...where, details: { field: shown } });
  if (keys.length === 1 && list === 'formatVersion') {
    const fix = `Set formatVersion to ${FLOW_FORMAT_VERSION}.`;
    return makeIssue('FLOW_SCHEMA', { ...where, details: { path: name, reason }, fix });
  }
  return makeIssue('FLOW_SCHEMA', { ...where, details: { path: name, reason } });
}

function itemAt(document: unknown, list: string | undefined, index: string | undefined) {
  if ((list !== 'nodes' && list !== 'edges') || index === undefined) return undefined;
  const items = (document as Record<string, unknown>)[list];
  const item: unknown = Array.isArray(items) ? items[Number(index)] : undefined;
  return typeof item === 'object' && item !== null ? (item as Record<string, unknown>) : undefined;
}

/** Walks with a list of its own: the call stack would not survive what it looks for. */
function isDeeperThan(value: unknown, limit: number): boolean {
  const open: [unknown, number][] = [[value, 0]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [current, depth] = next;
    if (typeof current !== 'object' || current === null) continue;
    if (depth >= limit) return true;
    for (const child of Object.values(current)) open.push([child, depth + 1]);
  }
  return false;
}
