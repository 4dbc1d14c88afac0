import { BaseEdge, type EdgeProps, useInternalNode } from '@xyflow/react';
import { memo } from 'react';
import { CARD_HEIGHT, CARD_WIDTH } from './canvas-types.ts';
import type { UndoEdge } from './to-react-flow.ts';

/** A dashed link from a node to the one that undoes its effect, from side to side of the cards, apart from their handles. */
export const UndoLine = memo(function UndoLine({ id, source, target, data }: EdgeProps<UndoEdge>) {
  const from = useInternalNode(source);
  const to = useInternalNode(target);
  if (!from || !to) return null;
  const path = pathBetween(boxOf(from), boxOf(to));
  const className = ['cd-undo', data?.taken ? 'cd-undo-taken' : '', data?.unreached ? 'cd-line-unreached' : ''].join(
    ' ',
  );
  return <BaseEdge id={id} path={path} className={className} interactionWidth={0} />;
});

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

function boxOf({ internals, measured }: NonNullable<ReturnType<typeof useInternalNode>>): Box {
  const { x, y } = internals.positionAbsolute;
  return { x, y, width: measured.width ?? CARD_WIDTH, height: measured.height ?? CARD_HEIGHT };
}

/** From below one card to above the other, or the other way round; between cards side by side along their lower edges. */
function pathBetween(from: Box, to: Box): string {
  const [fromX, toX] = [from.x + from.width / 2, to.x + to.width / 2];
  if (to.y >= from.y + from.height) return curve(fromX, from.y + from.height, toX, to.y);
  if (from.y >= to.y + to.height) return curve(fromX, from.y, toX, to.y + to.height);
  const bend = Math.max(from.y + from.height, to.y + to.height) + 32;
  return `M ${fromX} ${from.y + from.height} C ${fromX} ${bend}, ${toX} ${bend}, ${toX} ${to.y + to.height}`;
}

function curve(fromX: number, fromY: number, toX: number, toY: number): string {
  const middle = (fromY + toY) / 2;
  return `M ${fromX} ${fromY} C ${fromX} ${middle}, ${toX} ${middle}, ${toX} ${toY}`;
}
