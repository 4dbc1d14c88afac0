import type { Flow } from '@crossdock/flow-model';
import { CARD_HEIGHT, CARD_WIDTH, GRID, type Point } from './canvas-types.ts';

/** From the left edge of a card to that of the next. */
export const COLUMN = CARD_WIDTH + 80;
const ROW = CARD_HEIGHT + 48;

/** Where each node stands. Nodes without a place in the layout get one by their distance from the trigger. */
export function placeNodes(flow: Flow): ReadonlyMap<string, Point> {
  const places = new Map<string, Point>();
  const homeless = flow.nodes.filter((node) => {
    const place = flow.layout?.nodes?.[node.id];
    if (place) places.set(node.id, place);
    return !place;
  });
  if (homeless.length === 0) return places;

  const depths = depthsOf(flow);
  const below = places.size === 0 ? 0 : Math.max(...[...places.values()].map(({ y }) => y)) + ROW;
  const filled = new Map<number, number>();
  const undoing = new Map(flow.nodes.flatMap(({ id, compensate }) => (compensate ? [[compensate, id] as const] : [])));
  for (const node of homeless.filter(({ id }) => !undoing.has(id))) {
    const depth = depths.get(node.id) ?? 0;
    const row = filled.get(depth) ?? 0;
    filled.set(depth, row + 1);
    places.set(node.id, { x: depth * COLUMN, y: below + row * ROW });
  }
  // What undoes an effect stands below it.
  for (const node of homeless.filter(({ id }) => undoing.has(id))) {
    const above = places.get(undoing.get(node.id) ?? '') ?? { x: 0, y: below };
    places.set(node.id, freeAmong([...places.values()], { x: above.x, y: above.y + ROW }));
  }
  return places;
}

/** The places that nodes without one in the layout are shown at; nothing when all have one. */
export function unsettledPlaces(flow: Flow): Record<string, Point> | undefined {
  const unsettled = flow.nodes.filter(({ id }) => !flow.layout?.nodes?.[id]);
  if (unsettled.length === 0) return undefined;
  const places = placeNodes(flow);
  return Object.fromEntries(unsettled.map(({ id }) => [id, places.get(id) ?? { x: 0, y: 0 }]));
}

/** Rounds to the grid that the canvas snaps to. */
export function snap({ x, y }: Point): Point {
  return { x: Math.round(x / GRID) * GRID, y: Math.round(y / GRID) * GRID };
}

/** A free place at or below `wanted`, so that a new card does not cover another. */
export function freePlace(flow: Flow, wanted: Point): Point {
  return freeAmong([...placeNodes(flow).values()], wanted);
}

function freeAmong(places: readonly Point[], wanted: Point): Point {
  let place = snap(wanted);
  while (places.some(({ x, y }) => Math.abs(x - place.x) < CARD_WIDTH && Math.abs(y - place.y) < CARD_HEIGHT)) {
    place = { x: place.x, y: place.y + CARD_HEIGHT + 3 * GRID };
  }
  return place;
}

function depthsOf(flow: Flow): ReadonlyMap<string, number> {
  const depths = new Map<string, number>();
  const visit = (nodeId: string, depth: number) => {
    // A draft may hold a cycle; a path longer than the flow has nodes is one.
    if (depth > flow.nodes.length || (depths.get(nodeId) ?? -1) >= depth) return;
    depths.set(nodeId, depth);
    for (const edge of flow.edges) if (edge.source === nodeId) visit(edge.target, depth + 1);
  };
  const targets = new Set(flow.edges.map((edge) => edge.target));
  for (const node of flow.nodes) if (!targets.has(node.id)) visit(node.id, 0);
  return depths;
}
