import { type Box, boundsOf, type Flow, handlesOf, type Position } from '@crossdock/flow-model';
import { CARD_WIDTH, type Manifests, type Point } from './canvas-types.ts';
import { placeNodes, snap } from './place-nodes.ts';
import { cardHeight } from './to-react-flow.ts';

const CASCADE = 32;

/** Where the cards of these nodes stand, and how large they are. */
export function boxesOf(flow: Flow, manifests: Manifests, nodeIds: readonly string[]): Box[] {
  const places = placeNodes(flow);
  const ids = new Set(nodeIds);
  return flow.nodes
    .filter(({ id }) => ids.has(id))
    .map((node) => {
      const manifest = manifests.get(node.type);
      const height = cardHeight(manifest ? handlesOf(node, manifest).out.length : 0);
      return { id: node.id, ...(places.get(node.id) ?? { x: 0, y: 0 }), width: CARD_WIDTH, height };
    });
}

/**
 * Places for the copies of a part: its drawing as it is, with its middle at `middle`, moved on step by step where a copy would hide a card that
 * stands there already.
 */
export function placePart(flow: Flow, part: Flow, manifests: Manifests, middle: Point): ReadonlyMap<string, Position> {
  const boxes = boxesOf(
    part,
    manifests,
    part.nodes.map(({ id }) => id),
  );
  const all = boundsOf(boxes) ?? { x: 0, y: 0, width: 0, height: 0 };
  let shift = snap({ x: middle.x - all.x - all.width / 2, y: middle.y - all.y - all.height / 2 });
  const taken = [...placeNodes(flow).values()];
  const hides = () =>
    boxes.some(({ x, y }) =>
      taken.some((place) => Math.abs(place.x - x - shift.x) < CASCADE && Math.abs(place.y - y - shift.y) < CASCADE),
    );
  while (hides()) shift = { x: shift.x + CASCADE, y: shift.y + CASCADE };
  return new Map(boxes.map(({ id, x, y }) => [id, { x: x + shift.x, y: y + shift.y }]));
}

/** The middle of these cards. */
export function middleOf(boxes: readonly Box[]): Point {
  const { x, y, width, height } = boundsOf(boxes) ?? { x: 0, y: 0, width: 0, height: 0 };
  return { x: x + width / 2, y: y + height / 2 };
}
