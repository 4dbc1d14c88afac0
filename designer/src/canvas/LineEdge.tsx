import { BaseEdge, EdgeLabelRenderer, type EdgeProps, getSmoothStepPath } from '@xyflow/react';
import { memo } from 'react';
import { canvasTexts } from '../texts/index.ts';
import type { LineEdge as Line } from './to-react-flow.ts';

/** An edge: a smooth step with an arrow, dashed for errors, with the message count of the execution shown. */
export const LineEdge = memo(function LineEdge(props: EdgeProps<Line>) {
  const [path, labelX, labelY] = getSmoothStepPath({
    sourceX: props.sourceX,
    sourceY: props.sourceY,
    sourcePosition: props.sourcePosition,
    targetX: props.targetX,
    targetY: props.targetY,
    targetPosition: props.targetPosition,
    borderRadius: 8,
  });
  const data = props.data;
  const className = [
    'cd-line',
    data?.isError ? 'cd-line-error' : '',
    data?.unreached ? 'cd-line-unreached' : '',
    data?.isDropTarget ? 'cd-line-drop' : '',
    data?.count ? 'cd-line-taken' : '',
  ].join(' ');
  return (
    <>
      <BaseEdge
        id={props.id}
        path={path}
        className={className}
        interactionWidth={24}
        {...(props.markerEnd ? { markerEnd: props.markerEnd } : {})}
      />
      {data?.count ? (
        <EdgeLabelRenderer>
          <span
            className="cd-line-count cd-num"
            title={canvasTexts.messages(data.count)}
            style={{ transform: `translate(-50%, -50%) translate(${labelX}px, ${labelY}px)` }}
          >
            {data.count}
          </span>
        </EdgeLabelRenderer>
      ) : null}
    </>
  );
});
