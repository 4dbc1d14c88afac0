import type { NodeGroup, Note } from '@crossdock/flow-model';
import { useComputedColorScheme } from '@mantine/core';
import {
  type EdgeChange,
  type EdgeTypes,
  MarkerType,
  MiniMap,
  type NodeChange,
  type NodeTypes,
  ReactFlow,
  ReactFlowProvider,
  SelectionMode,
} from '@xyflow/react';
import '@xyflow/react/dist/style.css';
import './canvas.css';
import './links.css';
import './notes.css';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { canvasTexts } from '../texts/index.ts';
import { CanvasControls } from './CanvasControls.tsx';
import { type CanvasSelection, type FlowCanvasProps, GRID } from './canvas-types.ts';
import { DotGrid } from './DotGrid.tsx';
import { GroupFrames } from './GroupFrames.tsx';
import { GuideLines } from './GuideLines.tsx';
import { FitOnce, FocusPlace, RevealSelected } from './keep-in-view.tsx';
import { LineEdge } from './LineEdge.tsx';
import { NodeCard } from './NodeCard.tsx';
import { Notes } from './NoteCard.tsx';
import { type CardNode, type LineEdge as Line, toCards, toLines, toUndoLines, type UndoEdge } from './to-react-flow.ts';
import { UndoLine } from './UndoLine.tsx';
import { useCanvasKeys } from './use-canvas-keys.ts';
import { NO_SELECTION, selectionAfter, useCanvasNodes } from './use-canvas-nodes.ts';
import { useClipboard } from './use-clipboard.ts';
import { useConnecting } from './use-connecting.ts';
import { useDrop } from './use-drop.ts';
import { FarView, useMoving } from './use-moving.ts';
import { useQuestions } from './use-questions.ts';

const NODE_TYPES: NodeTypes = { card: NodeCard };
const EDGE_TYPES: EdgeTypes = { line: LineEdge, undo: UndoLine };

const NO_GROUPS: readonly NodeGroup[] = [];
const NO_NOTES: readonly Note[] = [];

type AnyEdge = Line | UndoEdge;
// Values that stay the same objects: with others React Flow would draw all cards and edges again at each step of a drag.
const SNAP: [number, number] = [GRID, GRID];
const SELECT_ALSO = ['Meta', 'Control', 'Shift'];
const PRO_OPTIONS = { hideAttribution: true };
const MINI_SIZE = { width: 160, height: 100 };
const miniClass = ({ data }: CardNode) => `cd-mini-${data.run?.status ?? data.manifest?.kind ?? 'unknown'}`;

const MARKER = { type: MarkerType.ArrowClosed, width: 16, height: 16 };

/** A flow as a picture: to be edited, or to be read with an execution laid over it. */
export function FlowCanvas(props: FlowCanvasProps) {
  return (
    <ReactFlowProvider>
      <Canvas {...props} />
    </ReactFlowProvider>
  );
}

function Canvas(props: FlowCanvasProps) {
  const { flow, manifests, mode, overlay, edgeCounts, problems, found, edit, onSelectNode, selectedNodeId } = props;
  const frame = useRef<HTMLElement>(null);
  const colorMode = useComputedColorScheme('light');
  const [isFitted, setFitted] = useState(false);
  const onFitted = useCallback(() => setFitted(true), []);

  const selection: CanvasSelection = useMemo(
    () => edit?.selection ?? (selectedNodeId ? { nodeIds: [selectedNodeId], edgeIds: [] } : NO_SELECTION),
    [edit?.selection, selectedNodeId],
  );
  // Nodes and edges report their selection apart, within one event: the second must see what the first did.
  const pending = useRef(selection);
  useEffect(() => {
    pending.current = selection;
  }, [selection]);
  const select = useCallback(
    (change: Partial<CanvasSelection>) => {
      pending.current = { ...pending.current, ...change };
      edit?.onSelect(pending.current);
      if (!edit) onSelectNode?.(pending.current.nodeIds.at(-1));
    },
    [edit, onSelectNode],
  );

  const shown = useMemo(
    () => ({ mode, ...only({ overlay, edgeCounts, problems, found }) }),
    [mode, overlay, edgeCounts, problems, found],
  );
  // A card is selected at the end of its drag: what is shown for it beside the canvas must not hold up the drag.
  const selectDragged = useCallback(
    (nodeId: string) => {
      if (!pending.current.nodeIds.includes(nodeId)) select({ nodeIds: [nodeId], edgeIds: [] });
    },
    [select],
  );
  const drop = useDrop(flow, edit, selectDragged);
  const cards = useMemo(() => toCards(flow, manifests, shown), [flow, manifests, shown]);
  const selectedNodes = useMemo(() => new Set(selection.nodeIds), [selection.nodeIds]);
  const revealed = selection.nodeIds.length === 1 ? cards.find(({ id }) => id === selection.nodeIds[0]) : undefined;
  const { nodes, guides, onNodesChange } = useCanvasNodes(cards, selectedNodes, edit);
  const edges = useMemo(
    (): AnyEdge[] => [
      ...toUndoLines(flow, manifests, shown),
      ...toLines(flow, shown, drop.edgeId).map((line) => withLook(line, selection.edgeIds.includes(line.id))),
    ],
    [flow, manifests, shown, drop.edgeId, selection.edgeIds],
  );

  const changeNodes = useCallback(
    (changes: NodeChange<CardNode>[]) => {
      onNodesChange(changes);
      const nodeIds = selectionAfter(changes, pending.current.nodeIds);
      if (nodeIds) select({ nodeIds });
    },
    [onNodesChange, select],
  );
  const changeEdges = useCallback(
    (changes: EdgeChange<AnyEdge>[]) => {
      const edgeIds = selectionAfter(changes, pending.current.edgeIds);
      if (edgeIds) select({ edgeIds });
    },
    [select],
  );

  useCanvasKeys(frame, flow, edit);
  useClipboard(frame, edit);
  const moving = useMoving(frame);
  const connecting = useConnecting(edit, useQuestions(frame, flow, edit));

  return (
    <section ref={frame} className="cd-canvas" data-mode={mode} aria-label={canvasTexts.label} {...drop.handlers}>
      <ReactFlow<CardNode, AnyEdge>
        nodes={nodes}
        edges={edges}
        nodeTypes={NODE_TYPES}
        edgeTypes={EDGE_TYPES}
        onNodesChange={changeNodes}
        onEdgesChange={changeEdges}
        colorMode={colorMode}
        nodesDraggable={edit !== undefined}
        nodesConnectable={edit !== undefined}
        edgesReconnectable={edit !== undefined}
        elementsSelectable
        selectNodesOnDrag={false}
        edgesFocusable={edit !== undefined}
        {...drop.cardHandlers}
        {...connecting}
        {...moving}
        connectOnClick={false}
        connectionRadius={28}
        snapToGrid
        snapGrid={SNAP}
        selectionMode={SelectionMode.Partial}
        multiSelectionKeyCode={SELECT_ALSO}
        deleteKeyCode={null}
        minZoom={0.1}
        maxZoom={2}
        proOptions={PRO_OPTIONS}
      >
        <DotGrid />
        {flow.nodes.length > 0 ? (
          <MiniMap pannable zoomable ariaLabel={canvasTexts.minimap} nodeClassName={miniClass} style={MINI_SIZE} />
        ) : null}
        <GuideLines guides={guides} />
        <GroupFrames
          groups={flow.layout?.groups ?? NO_GROUPS}
          nodes={nodes}
          found={found}
          onSelect={(nodeIds) => select({ nodeIds, edgeIds: [] })}
        />
        <Notes notes={flow.layout?.notes ?? NO_NOTES} edit={edit?.notes} found={found} focus={props.focus} />
        <FarView frame={frame} />
        <FitOnce onFitted={onFitted} />
        <RevealSelected card={revealed} />
        <FocusPlace focus={props.focus} layout={flow.layout} isFitted={isFitted || flow.nodes.length === 0} />
        <CanvasControls>{props.controls}</CanvasControls>
      </ReactFlow>
      {flow.nodes.length === 0 ? props.empty : null}
    </section>
  );
}

function withLook(line: Line, selected: boolean): Line {
  const color = selected
    ? 'var(--cd-accent)'
    : line.data?.isError
      ? 'var(--cd-red-solid)'
      : line.data?.count
        ? 'var(--cd-green-solid)'
        : 'var(--cd-line)';
  return { ...line, selected, markerEnd: { ...MARKER, color } };
}

/** Without the keys whose value is `undefined`, for exact optional props. */
function only<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
