import { applyNodeChanges, type NodeChange } from '@xyflow/react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { CARD_HEIGHT, CARD_WIDTH, type CanvasEdit, type CanvasSelection, type Point } from './canvas-types.ts';
import { type Guide, guidesFor } from './guides.ts';
import type { CardNode } from './to-react-flow.ts';

const NO_GUIDES: readonly Guide[] = [];

/**
 * The cards with what React Flow adds to them: measures, selection, and the places of a drag that is not over yet, drawn to the lines of the
 * other cards (`guides`). A drag or an arrow key ends as one `onMove`; the flow stays the only truth.
 */
export function useCanvasNodes(cards: CardNode[], selected: ReadonlySet<string>, edit: CanvasEdit | undefined) {
  const [nodes, setNodes] = useState<CardNode[]>(() => withState(cards, [], selected, false));
  const [guides, setGuides] = useState(NO_GUIDES);
  const dragging = useRef(false);

  useEffect(() => {
    setNodes((before) => withState(cards, before, selected, dragging.current));
  }, [cards, selected]);

  const onNodesChange = useCallback(
    (reported: NodeChange<CardNode>[]) => {
      const moves = reported.filter((change) => change.type === 'position');
      if (!edit || moves.length === 0) {
        setNodes((before) => applyNodeChanges(reported, before));
        return;
      }
      const isDrag = moves.some((move) => move.dragging);
      // The end of a drag must land where its last step was shown; arrow keys are drawn nowhere.
      const drawn =
        isDrag || dragging.current ? drawToLines(reported, cards) : { changes: reported, guides: NO_GUIDES };
      dragging.current = isDrag;
      setGuides(isDrag && drawn.guides.length > 0 ? drawn.guides : NO_GUIDES);
      setNodes((before) => applyNodeChanges(drawn.changes, before));
      const moved = movedPlaces(drawn.changes, cards);
      if (moved) edit.onMove(moved);
    },
    [cards, edit],
  );

  return { nodes, guides, onNodesChange };
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

function drawToLines(changes: NodeChange<CardNode>[], cards: readonly CardNode[]) {
  const targets = new Map<string, Point>();
  for (const change of changes)
    if (change.type === 'position' && change.position) targets.set(change.id, change.position);
  const boxes = cards.map(({ id, position, width = CARD_WIDTH, height = CARD_HEIGHT }) => ({
    id,
    ...(targets.get(id) ?? position),
    width,
    height,
  }));
  const { shift, guides } = guidesFor(
    boxes.filter(({ id }) => targets.has(id)),
    boxes.filter(({ id }) => !targets.has(id)),
  );
  const drawn = changes.map((change): NodeChange<CardNode> => {
    if (change.type !== 'position' || !change.position) return change;
    return { ...change, position: { x: change.position.x + shift.x, y: change.position.y + shift.y } };
  });
  return { changes: drawn, guides };
}

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
    const isSelected = selected.has(card.id);
    // One that nothing changed at stays the same object, so that it is not drawn again.
    if (known?.data === card.data && known.selected === isSelected && (keepPlaces || samePlace(known, card)))
      return known;
    return {
      ...card,
      selected: isSelected,
      ...(known?.measured ? { measured: known.measured } : {}),
      ...(keepPlaces && known ? { position: known.position, dragging: known.dragging ?? false } : {}),
    };
  });
}

function samePlace({ position: left }: CardNode, { position: right }: CardNode): boolean {
  return left.x === right.x && left.y === right.y;
}
