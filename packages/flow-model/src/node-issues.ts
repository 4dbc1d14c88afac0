import { configExpressions, isExpression, schemaBeforeEvaluation } from './config-expressions.ts';
import { needsConnection, takesConnection } from './connection-use.ts';
import type { FlowNode } from './document.ts';
import { handlesOf, itemIdOf } from './handles.ts';
import type { Issue } from './issue.ts';
import { makeIssue } from './make-issue.ts';
import type { ConfigField, NodeManifest } from './manifest.ts';
import { fieldName, pointerOf } from './pointer.ts';
import { reliabilityIssues } from './reliability-issues.ts';
import { cronProblem } from './schedule/cron.ts';
import { timeZoneProblem } from './schedule/time-zone.ts';
import { schemaProblems } from './schema-problems.ts';
import type { ValidationContext } from './validate-flow.ts';

/** A node with its place in the document. */
export interface PlacedNode {
  index: number;
  node: FlowNode;
}

/** Issues of one node by itself: its type, its version, its settings. */
export function nodeIssues({ index, node }: PlacedNode, context: ValidationContext): Issue[] {
  const at = ['nodes', String(index)];
  const manifest = context.manifests.get(node.type);
  const where = (...keys: string[]) => ({ nodeId: node.id, path: pointerOf([...at, ...keys]) });
  if (!manifest) return [makeIssue('FLOW_UNKNOWN_NODE_TYPE', { ...where('type'), details: { type: node.type } })];
  const version = node.typeVersion ?? 1;
  if (Number.isInteger(version) && version >= 1 && version !== manifest.typeVersion) {
    const details = { type: node.type, version, known: manifest.typeVersion };
    return [makeIssue('FLOW_NODE_TYPE_VERSION', { ...where('typeVersion'), details })];
  }
  const config = configIssues(node, manifest, context, where);
  return [
    ...config,
    ...caseIssues(node, manifest, where, config),
    ...connectionIssues(node, manifest, where),
    ...reliabilityIssues(node, manifest, where),
  ];
}

type Where = (...keys: string[]) => { nodeId: string; path: string };

function configIssues(node: FlowNode, manifest: NodeManifest, context: ValidationContext, where: Where): Issue[] {
  // A config that is no object at all is an issue of the document's form.
  if (typeof node.config !== 'object' || node.config === null || Array.isArray(node.config)) return [];
  const problems = schemaProblems(node.config, schemaBeforeEvaluation(manifest.config)).map(
    ({ keys, keyword, reason }) => {
      const field = fieldName(['config', ...keys]);
      return keyword === 'unknown' && keys.length > 0
        ? makeIssue('FLOW_UNKNOWN_FIELD', { ...where('config', ...keys), details: { field } })
        : makeIssue('FLOW_NODE_CONFIG', { ...where('config', ...keys), details: { path: `"${field}"`, reason } });
    },
  );
  return [...problems, ...expressionIssues(node, manifest, context, where), ...formatIssues(node, manifest, where)];
}

const FORMAT_PROBLEMS: {
  readonly [Format in NonNullable<ConfigField['x-format']>]?: (text: string) => string | undefined;
} = { cron: cronProblem, 'time-zone': timeZoneProblem };

function formatIssues(node: FlowNode, manifest: NodeManifest, where: Where): Issue[] {
  return Object.entries(manifest.config.properties).flatMap(([name, field]) => {
    const value = Object.hasOwn(node.config, name) ? node.config[name] : undefined;
    if (typeof value !== 'string' || (field['x-expression'] && isExpression(value))) return [];
    const format = field['x-format'];
    const reason = format && FORMAT_PROBLEMS[format]?.(value);
    if (reason === undefined) return [];
    return [makeIssue('FLOW_NODE_CONFIG', { ...where('config', name), details: { path: `"config.${name}"`, reason } })];
  });
}

function expressionIssues(node: FlowNode, manifest: NodeManifest, context: ValidationContext, where: Where): Issue[] {
  return configExpressions(node.config, manifest.config).flatMap(({ kind, keys, value }) => {
    const place = where('config', ...keys);
    if (kind !== 'json-schema') return mappingIssues(value, place, fieldName(['config', ...keys]), context);
    const reason = context.checkSchema?.(value);
    if (reason === undefined) return [];
    const details = { path: `"${fieldName(['config', ...keys])}"`, reason: `is no valid JSON Schema: ${reason}` };
    return [makeIssue('FLOW_NODE_CONFIG', { ...place, details })];
  });
}

/** The issue of a JSONata source that does not parse, or those of one that fails whatever arrives, with the position in it. */
export function mappingIssues(
  source: unknown,
  place: { nodeId?: string; path: string },
  field: string,
  context: ValidationContext,
): Issue[] {
  if (typeof source !== 'string') return [];
  const problem = context.checkMapping(source);
  const fixAt = (position: number): string => `Correct ${field} at character ${position + 1}.`;
  if (problem) {
    const { message: reason, position } = problem;
    return [makeIssue('FLOW_MAPPING_SYNTAX', { ...place, details: { reason }, fix: fixAt(position), position })];
  }
  return (context.mappingFaults?.(source) ?? []).map(({ message, from: position }) => {
    const details = { reason: message.replace(/\.$/, '') };
    return makeIssue('FLOW_MAPPING_FAULT', { ...place, severity: 'warning', details, fix: fixAt(position), position });
  });
}

/** Two items that would have one handle, or an item that takes the name of a fixed one. */
function caseIssues(node: FlowNode, manifest: NodeManifest, where: Where, known: readonly Issue[]): Issue[] {
  const field = manifest.handles.outPerItemOf;
  const items: unknown = field === undefined ? undefined : node.config?.[field];
  if (field === undefined || !Array.isArray(items)) return [];
  const seen = new Set(handlesOf({ config: {}, onError: 'branch' }, manifest).out);
  return items.flatMap((item: unknown, index) => {
    const id = itemIdOf(item);
    const place = where('config', field, String(index), 'id');
    const isTaken = id !== undefined && seen.has(id) && !known.some((issue) => issue.path === place.path);
    if (id !== undefined) seen.add(id);
    return isTaken ? [makeIssue('FLOW_DUPLICATE_ID', { ...place, details: { id } })] : [];
  });
}

function connectionIssues(node: FlowNode, manifest: NodeManifest, where: Where): Issue[] {
  const isNamed = typeof node.connection === 'string' && node.connection !== '';
  if (manifest.connection === undefined) {
    if (!isNamed) return [];
    const details = { path: '"connection"', reason: `is not used by the node type "${node.type}"` };
    return [makeIssue('FLOW_NODE_CONFIG', { ...where('connection'), details, fix: 'Remove the field.' })];
  }
  const { when } = manifest.connection;
  if (!takesConnection(node, manifest)) {
    if (!isNamed) return [];
    const details = { path: '"connection"', reason: `is not used while "${when?.field}" is as it is` };
    const fix = `Set "${when?.field}", or remove the connection.`;
    return [makeIssue('FLOW_NODE_CONFIG', { ...where('connection'), details, fix })];
  }
  if (isNamed) return [];
  if (needsConnection(node, manifest)) {
    const details = { node: node.id, types: manifest.connection.types.join(' or ') };
    return [makeIssue('FLOW_CONNECTION_MISSING', { ...where('connection'), details })];
  }
  return partialAddressIssues(node, manifest, where);
}

/** A path alone is an address only behind the base of a connection. */
function partialAddressIssues(node: FlowNode, { remote }: NodeManifest, where: Where): Issue[] {
  const address = remote === undefined ? undefined : node.config?.[remote];
  if (remote === undefined || typeof address !== 'string' || address === '' || isExpression(address)) return [];
  if (/^[a-z][a-z0-9+.-]*:/i.test(address)) return [];
  const details = { path: `"config.${remote}"`, reason: 'is no full address, and the node has no connection' };
  const fix = 'Choose a connection, or begin the address with https://.';
  return [makeIssue('FLOW_NODE_CONFIG', { ...where('config', remote), details, fix })];
}
