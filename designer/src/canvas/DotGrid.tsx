import { type ReactFlowState, useStore, ViewportPortal } from '@xyflow/react';
import { shallow } from 'zustand/shallow';
import { gridArea } from './grid-area.ts';

const areaOf = ({ transform, width, height }: ReactFlowState) => gridArea(transform, { width, height });

/**
 * The dots behind everything, as a part of what moves: a pan then shifts them with the cards and draws nothing. Their opaque ground below all
 * cards and lines also lets the browser keep these in one layer with it; without it, it weighs at each step which of hundreds to put together.
 */
export function DotGrid() {
  const area = useStore(areaOf, shallow);
  return (
    <ViewportPortal>
      <div className="cd-grid" style={area} />
    </ViewportPortal>
  );
}
