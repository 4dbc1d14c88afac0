export { boxesOf, middleOf, placePart } from './boxes.ts';
export { Control } from './CanvasControls.tsx';
export { ColorChoice } from './ColorChoice.tsx';
export {
  CARD_HEIGHT,
  CARD_WIDTH,
  type CanvasConnection,
  type CanvasEdit,
  type CanvasFocus,
  type CanvasPlace,
  type CanvasQuestion,
  type CanvasSelection,
  type FlowCanvasProps,
  type Manifests,
  NODE_TYPE_MEDIA,
  type NodeProblems,
  type NodeRun,
  type Point,
  placeKey,
  type SpanStatus,
} from './canvas-types.ts';
export { FlowCanvas } from './FlowCanvas.tsx';
export { NodeIcon } from './NodeIcon.tsx';
export { COLUMN, freePlace, placeNodes, unsettledPlaces } from './place-nodes.ts';
export { roomOnEdge } from './room-on-edge.ts';
export { tidyUp } from './tidy-up.ts';
