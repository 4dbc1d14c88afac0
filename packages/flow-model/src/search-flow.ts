import type { Flow, FlowNode } from './document.ts';
import { fieldName, pointerOf } from './pointer.ts';

/** A place in a node whose text holds what was looked for. */
export interface FlowHit {
  readonly nodeId: string;
  /** The name on the node's card, as far as the flow itself gives one. */
  readonly nodeName: string;
  readonly nodeType: string;
  /** JSON Pointer below the node, such as `/config/mapping`. */
  readonly path: string;
  /** The same place as people write it: `config.cases[0].id`. */
  readonly field: string;
  /** Where the text begins that was found, in the whole text of the field. */
  readonly position: number;
  /** One line around it, at most 80 characters, with `…` where it is cut. */
  readonly excerpt: string;
}

const AROUND = 24;
const MOST = 80;

/**
 * The places in a flow's nodes that hold a text, in the order of the nodes, without regard to case: ids, names, types, descriptions, connections
 * and every text, number and switch of the settings. One place is found once. An empty query
 * finds nothing. `titles` (node type → title) lets the words of the palette find types too.
 */
export function searchFlow(
  flow: Pick<Flow, 'nodes'>,
  query: string,
  titles: ReadonlyMap<string, string> = new Map(),
): FlowHit[] {
  const wanted = query.trim().toLowerCase();
  if (wanted === '') return [];
  return flow.nodes.flatMap((node) => hitsIn(node, wanted, titles.get(node.type)));
}

function hitsIn(node: FlowNode, wanted: string, title: string | undefined): FlowHit[] {
  const hits: FlowHit[] = [];
  const look = (keys: readonly string[], text: string) => {
    const position = text.toLowerCase().indexOf(wanted);
    if (position < 0) return;
    hits.push({
      nodeId: node.id,
      nodeName: node.name || title || node.id,
      nodeType: node.type,
      path: pointerOf(keys),
      field: fieldName(keys),
      position,
      excerpt: excerptOf(text, position, wanted.length),
    });
  };
  look(['name'], node.name || title || '');
  look(['id'], node.id);
  look(['type'], node.type);
  look(['description'], node.description ?? '');
  look(['connection'], node.connection ?? '');
  visit(node.config, ['config'], look);
  return hits;
}

function visit(value: unknown, keys: readonly string[], look: (keys: readonly string[], text: string) => void): void {
  if (typeof value !== 'object' || value === null) {
    if (value !== null && value !== undefined) look(keys, String(value));
    return;
  }
  for (const [key, child] of Object.entries(value)) visit(child, [...keys, key], look);
}

function excerptOf(text: string, position: number, length: number): string {
  const from = Math.max(0, position - AROUND);
  const to = Math.min(text.length, Math.max(from + MOST - 2, position + length));
  const line = text
    .slice(from, Math.min(to, from + MOST - 2))
    .replace(/\s+/g, ' ')
    .trim();
  return `${from > 0 ? '…' : ''}${line}${to < text.length ? '…' : ''}`;
}
