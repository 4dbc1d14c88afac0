import type { Flow } from '@crossdock/flow-model';
import { CARD_WIDTH, type Point } from './canvas-types.ts';
import { COLUMN, placeNodes } from './place-nodes.ts';

interface RoomOnEdge {
  /** Where the new card stands. */
  readonly position: Point;
  /** The new places of the cards that made room. */
  readonly moved: Readonly<Record<string, Point>>;
}

/**
 * Room for a card dropped at `at` on an edge that runs to the right: it stands clear of the node before it, and what comes after it
 * moves to the right where it would lie under it. Of an edge that runs back nothing moves.
 */
export function roomOnEdge(flow: Flow, edgeId: string, at: Point): RoomOnEdge {
  const edge = flow.edges.find(({ id }) => id === edgeId);
  const places = placeNodes(flow);
  const from = edge && places.get(edge.source);
  const to = edge && places.get(edge.target);
  if (!edge || !from || !to || to.x < from.x + CARD_WIDTH) return { position: at, moved: {} };
  const position = { x: Math.max(at.x, from.x + COLUMN), y: at.y };
  const missing = position.x + COLUMN - to.x;
  if (missing <= 0) return { position, moved: {} };
  const moved: Record<string, Point> = {};
  for (const id of reachedFrom(flow, edge.target)) {
    const place = places.get(id);
    if (place && place.x >= to.x) moved[id] = { x: place.x + missing, y: place.y };
  }
  return { position, moved };
}

function reachedFrom(flow: Flow, nodeId: string): ReadonlySet<string> {
  // A set hands out what is added to it while it is walked through.
  const reached = new Set([nodeId]);
  for (const id of reached) for (const { source, target } of flow.edges) if (source === id) reached.add(target);
  return reached;
}
