import type { Span } from '@crossdock/api-contract';
import type { Alignment, Distribution, Flow, HandleRef, NodeManifest, Note } from '@crossdock/flow-model';

export type SpanStatus = Span['status'];
export type Manifests = ReadonlyMap<string, NodeManifest>;
export interface Point {
  x: number;
  y: number;
}

/** What one execution did at a node: the status of its last attempt, how many there were, and the time of all together. */
export interface NodeRun {
  readonly status: SpanStatus;
  readonly attempts: number;
  readonly durationMs: number;
}

export interface NodeProblems {
  readonly errors: number;
  readonly warnings: number;
}

/** One end of an edge, as the canvas reports it. */
export interface CanvasConnection {
  readonly source: string;
  readonly sourceHandle: string;
  readonly target: string;
  readonly targetHandle: string;
}

export interface CanvasSelection {
  readonly nodeIds: readonly string[];
  readonly edgeIds: readonly string[];
}

/** What a list of node types is opened for. `at` is the top left corner of the new card; without it the card finds its place. */
export type CanvasQuestion =
  | { readonly kind: 'next'; readonly from: HandleRef; readonly at: Point | undefined }
  | { readonly kind: 'replace'; readonly nodeId: string };

/** Changes of the notes on the canvas. Changes of one `kind` in quick succession are one step of undo. */
export interface NoteEdit {
  readonly onAdd: () => void;
  readonly onChange: (note: Note, kind?: 'text' | 'move') => void;
  readonly onRemove: (noteId: string) => void;
}

/** What a person may do on the canvas in `edit` mode. Every call asks for a change; the canvas shows the flow it is given. */
export interface CanvasEdit {
  readonly selection: CanvasSelection;
  readonly onSelect: (selection: CanvasSelection) => void;
  readonly onMove: (positions: Readonly<Record<string, Point>>) => void;
  readonly onConnect: (connection: CanvasConnection) => void;
  readonly onReconnect: (edgeId: string, connection: CanvasConnection) => void;
  /** Why the connection is not allowed; nothing when it is. `edgeId` is the edge that is being moved. */
  readonly refusal: (connection: CanvasConnection, edgeId?: string) => string | undefined;
  readonly onRefused: (reason: string) => void;
  /** A node type was dropped, on an edge when `edgeId` is given. `at` is the card's top left corner. */
  readonly onDropType: (type: string, at: Point, edgeId: string | undefined) => void;
  /** A card without edges was dragged onto an edge. */
  readonly onDropNode: (nodeId: string, edgeId: string) => void;
  readonly onRemoveSelection: () => void;
  readonly onDuplicateSelection: () => void;
  readonly onArrangeSelection: (how: Alignment | Distribution) => void;
  /** The selected node goes into the selected edge. */
  readonly onInsertSelection: () => void;
  readonly onGroupSelection: () => void;
  /** The selected nodes become a flow of their own, which is called in their place. */
  readonly onCollapseSelection: () => void;
  /** The groups of the selected nodes go; the nodes stay. */
  readonly onUngroupSelection: () => void;
  readonly notes: NoteEdit;
  /** The selected nodes as text for the clipboard; nothing when no node is selected. */
  readonly onCopy: () => string | undefined;
  /** Text was pasted, whatever it is; `middle` is the middle of what the canvas shows. */
  readonly onPaste: (text: string, middle: Point) => void;
  /** Opens the list beside a point of the window. */
  readonly onAsk: (question: CanvasQuestion, beside: Point) => void;
}

/** Something on the canvas that can be found and shown. */
export interface CanvasPlace {
  readonly kind: 'node' | 'group' | 'note';
  readonly id: string;
}

/** A place to bring into the middle; `count` tells two requests for one place apart. */
export interface CanvasFocus extends CanvasPlace {
  readonly count: number;
  /** A note is to be written in. */
  readonly isWriting?: true;
}

/** Names a place among others: a note may have the id of a node. */
export const placeKey = ({ kind, id }: CanvasPlace): string => `${kind} ${id}`;

export interface FlowCanvasProps {
  readonly flow: Flow;
  readonly manifests: Manifests;
  readonly mode: 'edit' | 'view';
  /** Node id → what the shown execution did there; nodes that are missing were not reached. */
  readonly overlay?: ReadonlyMap<string, NodeRun>;
  /** Edge id → messages of the shown execution. */
  readonly edgeCounts?: ReadonlyMap<string, number>;
  readonly problems?: ReadonlyMap<string, NodeProblems>;
  /** Places that a search has found, by `placeKey`, and the one that is to be shown. */
  readonly found?: ReadonlySet<string>;
  readonly focus?: CanvasFocus | undefined;
  /** The selected node in `view` mode. */
  readonly selectedNodeId?: string | undefined;
  readonly onSelectNode?: (nodeId: string | undefined) => void;
  /** Needed in `edit` mode. */
  readonly edit?: CanvasEdit;
  /** More controls for the zoom bar. */
  readonly controls?: React.ReactNode;
  /** What stands over an empty canvas. */
  readonly empty?: React.ReactNode;
}

/** Type of the drag data that a palette item carries: the node type. */
export const NODE_TYPE_MEDIA = 'application/x-crossdock-node-type';
export const GRID = 8;
export const CARD_WIDTH = 200;
export const CARD_HEIGHT = 56;
