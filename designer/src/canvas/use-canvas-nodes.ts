import { applyNodeChanges, type NodeChange } from '@xyflow/react';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { CanvasEdit, CanvasSelection, Point } from './canvas-types.ts';
import type { CardNode } from './to-react-flow.ts';

/**
 * The cards with what React Flow adds to them: measures, selection, and the places of a drag that is not over yet. A drag
 * or an arrow key ends as one `onMove`; the flow stays the only truth.
 */
export function useCanvasNodes(cards: CardNode[], selected: ReadonlySet<string>, edit: CanvasEdit | undefined) {
  const [nodes, setNodes] = useState<CardNode[]>(() => withState(cards, [], selected, false));
  const dragging = useRef(false);

  useEffect(() => {
    setNodes((before) => withState(cards, before, selected, dragging.current));
  }, [cards, selected]);

  const onNodesChange = useCallback(
    (changes: NodeChange<CardNode>[]) => {
      setNodes((before) => applyNodeChanges(changes, before));
      const moves = changes.filter((change) => change.type === 'position');
      if (!edit || moves.length === 0) return;
      dragging.current = moves.some((move) => move.dragging);
      const moved = movedPlaces(changes, cards);
      if (moved) edit.onMove(moved);
    },
    [cards, edit],
  );

  return { nodes, onNodesChange };
}

/** What is selected after these changes of React Flow; `undefined` when they change no selection. */
export function selectionAfter(
  changes: readonly { type: string; id?: string; selected?: boolean }[],
  before: readonly string[],
): string[] | undefined {
  const touched = changes.filter((change) => change.type === 'select');
  if (touched.length === 0) return undefined;
  const after = new Set(before);
  for (const change of touched) {
    if (change.id === undefined) continue;
    if (change.selected) after.add(change.id);
    else after.delete(change.id);
  }
  return [...after];
}

export const NO_SELECTION: CanvasSelection = { nodeIds: [], edgeIds: [] };

function movedPlaces(changes: readonly NodeChange<CardNode>[], cards: readonly CardNode[]) {
  const moved: Record<string, Point> = {};
  for (const change of changes) {
    if (change.type !== 'position' || change.dragging !== false || !change.position) continue;
    const old = cards.find((card) => card.id === change.id)?.position;
    if (old && (old.x !== change.position.x || old.y !== change.position.y)) moved[change.id] = { ...change.position };
  }
  return Object.keys(moved).length > 0 ? moved : undefined;
}

function withState(
  cards: readonly CardNode[],
  before: readonly CardNode[],
  selected: ReadonlySet<string>,
  keepPlaces: boolean,
): CardNode[] {
  const old = new Map(before.map((node) => [node.id, node]));
  return cards.map((card) => {
    const known = old.get(card.id);
    return {
      ...card,
      selected: selected.has(card.id),
      ...(known?.measured ? { measured: known.measured } : {}),
      ...(keepPlaces && known ? { position: known.position, dragging: known.dragging ?? false } : {}),
    };
  });
}
