import type { DiffSummary, FieldDiff, FlowEdge, NodeDiff } from '@crossdock/flow-model';
import { fieldName } from '@crossdock/flow-model';
import { deploymentTexts } from '../texts/index.ts';

const t = deploymentTexts.changes;
const MARKS = { added: '+', removed: '−', changed: '' } as const;

/** What a deployment changed, in one line: `Map (config.mapping), + Check, settings.concurrency, 2 edges changed`. */
export function changesInWords({ nodes, edges, fields }: DiffSummary): string {
  const inNodes = nodes.map(({ nodeId, name, change, fields: changed }) =>
    [MARKS[change], name ?? nodeId, changed.length > 0 ? `(${changed.join(', ')})` : ''].filter(Boolean).join(' '),
  );
  const words = [...inNodes, ...fields, ...(edges > 0 ? [t.edges(edges)] : [])];
  return words.length === 0 ? t.none : words.join(', ');
}

/** How a node is called in a list of changes; `typeTitle` is what people call its type, where that is known. */
export const nodeTitle = ({ nodeId, name, type }: NodeDiff, typeTitle = type): string =>
  `${name ?? nodeId} · ${typeTitle}`;

/** What an edge joins, as `map → erp`, with its handle where it has a name of its own. */
export function edgeInWords({ source, sourceHandle, target }: FlowEdge): string {
  return `${source}${sourceHandle === 'out' ? '' : `.${sourceHandle}`} → ${target}`;
}

/** A value as it is read: text as it is, the rest as JSON. */
export function valueText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value, null, 2) ?? t.absent);
}

export const fieldTitle = ({ keys }: FieldDiff): string => fieldName(keys);
