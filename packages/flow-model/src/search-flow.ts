import type { Flow, FlowNode } from './document.ts';
import { fieldName, pointerOf } from './pointer.ts';

/** A place of a flow whose text holds what was looked for. */
export interface FlowHit {
  /** What it is a text of: a node, or something on the canvas that only people read. */
  readonly kind: 'node' | 'group' | 'note';
  readonly id: string;
  /** The name on the node's card, as far as the flow itself gives one; the title of a group; empty for a note. */
  readonly name: string;
  /** Of a node. */
  readonly nodeType?: string;
  /** JSON Pointer below the node, group or note, such as `/config/mapping`. */
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
 * The places in a flow that hold a text, without regard to case: of its nodes, in their order, ids, names, types, descriptions, connections
 * and every text, number and switch of the settings; then the titles of groups; then the texts of notes. One place is found once. An empty query
 * finds nothing. `titles` (node type → title) lets the words of the palette find types too.
 */
export function searchFlow(
  { nodes, layout }: Pick<Flow, 'nodes' | 'layout'>,
  query: string,
  titles: ReadonlyMap<string, string> = new Map(),
): FlowHit[] {
  const wanted = query.trim().toLowerCase();
  if (wanted === '') return [];
  return [
    ...nodes.flatMap((node) => hitsInNode(node, wanted, titles.get(node.type))),
    ...(layout?.groups ?? []).flatMap(({ id, title }) =>
      hitsIn({ kind: 'group', id, name: title }, wanted, (look) => look(['title'], title)),
    ),
    ...(layout?.notes ?? []).flatMap(({ id, text }) =>
      hitsIn({ kind: 'note', id, name: '' }, wanted, (look) => look(['text'], text)),
    ),
  ];
}

type Look = (keys: readonly string[], text: string) => void;

function hitsIn(
  of: Pick<FlowHit, 'kind' | 'id' | 'name' | 'nodeType'>,
  wanted: string,
  lookAll: (look: Look) => void,
): FlowHit[] {
  const hits: FlowHit[] = [];
  lookAll((keys, text) => {
    const position = text.toLowerCase().indexOf(wanted);
    if (position < 0) return;
    const excerpt = excerptOf(text, position, wanted.length);
    hits.push({ ...of, path: pointerOf(keys), field: fieldName(keys), position, excerpt });
  });
  return hits;
}

function hitsInNode(node: FlowNode, wanted: string, title: string | undefined): FlowHit[] {
  const { id, type: nodeType } = node;
  return hitsIn({ kind: 'node', id, name: node.name || title || id, nodeType }, wanted, (look) => {
    look(['name'], node.name || title || '');
    look(['id'], node.id);
    look(['type'], node.type);
    look(['description'], node.description ?? '');
    look(['connection'], node.connection ?? '');
    visit(node.config, ['config'], look);
  });
}

function visit(value: unknown, keys: readonly string[], look: Look): void {
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
