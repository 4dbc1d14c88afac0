import { boundsOf, ERROR_HANDLE, type Flow } from '@crossdock/flow-model';
import { CARD_HEIGHT, CARD_WIDTH, type Point } from './canvas-types.ts';
import { placeNodes } from './place-nodes.ts';

const MARGIN = 16;

/** A flow in outline, in the px of its canvas, moved so that all of it begins at 0. */
export interface Outline {
  readonly width: number;
  readonly height: number;
  readonly cards: readonly (Point & { readonly nodeId: string })[];
  readonly lines: readonly { readonly edgeId: string; readonly path: string; readonly isError: boolean }[];
}

/** What a small picture of a flow is drawn from; nothing for a flow without nodes. */
export function outlineOf(flow: Flow): Outline | undefined {
  const places = placeNodes(flow);
  const bounds = boundsOf([...places.values()].map((place) => ({ ...place, width: CARD_WIDTH, height: CARD_HEIGHT })));
  if (!bounds) return undefined;
  const at = ({ x, y }: Point): Point => ({ x: x - bounds.x + MARGIN, y: y - bounds.y + MARGIN });
  return {
    width: bounds.width + 2 * MARGIN,
    height: bounds.height + 2 * MARGIN,
    cards: flow.nodes.flatMap(({ id: nodeId }) => {
      const place = places.get(nodeId);
      return place ? [{ nodeId, ...at(place) }] : [];
    }),
    lines: flow.edges.flatMap(({ id: edgeId, source, target, sourceHandle }) => {
      const [from, to] = [places.get(source), places.get(target)];
      return from && to ? [{ edgeId, path: curve(at(from), at(to)), isError: sourceHandle === ERROR_HANDLE }] : [];
    }),
  };
}

/** From the right side of one card to the left side of another. */
function curve(from: Point, to: Point): string {
  const [startX, startY, endX, endY] = [from.x + CARD_WIDTH, from.y + CARD_HEIGHT / 2, to.x, to.y + CARD_HEIGHT / 2];
  const reach = Math.max(24, Math.abs(endX - startX) / 2);
  return `M${startX} ${startY}C${startX + reach} ${startY} ${endX - reach} ${endY} ${endX} ${endY}`;
}
