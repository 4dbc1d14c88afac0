import type { FlowDraft, TestRun } from '@crossdock/api-contract';
import { applyChange, type Flow, type FlowChange } from '@crossdock/flow-model';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { TestRunAsked } from '../../api/index.ts';
import type {
  CanvasFocus,
  CanvasPlace,
  CanvasQuestion,
  CanvasSelection,
  Manifests,
  Point,
} from '../../canvas/index.ts';
import { closeStep, EMPTY_HISTORY, type History, record, stepBack, stepForward } from './history.ts';
import { mappingField } from './mapping-field.ts';

/** How the draft on the screen stands to the one in the runtime. */
export type SaveState =
  | { readonly kind: 'saved' }
  | { readonly kind: 'unsaved' }
  | { readonly kind: 'saving' }
  /** The runtime cannot be reached; saving is tried again by itself. */
  | { readonly kind: 'offline' }
  /** Someone else saved since; `theirs` is what they saved. */
  | { readonly kind: 'conflict'; readonly theirs: FlowDraft }
  /** The runtime refused the draft; it is tried again with the next change. */
  | { readonly kind: 'refused'; readonly error: unknown };

export type InspectorTab = 'settings' | 'mapping' | 'reliability' | 'tryout' | 'docs';

/** A place that an issue points to; `count` tells two jumps to one place apart. */
export interface Jump {
  /** JSON Pointer below the node, such as `/config/mapping`. */
  readonly path: string;
  /** Offset in the expression. */
  readonly position: number | undefined;
  readonly count: number;
}

/** A list of node types that is open, beside a point of the window. */
export interface Asked {
  readonly question: CanvasQuestion;
  readonly beside: Point;
}

/** What the last run on a sample did, and on which state of the flow. */
export interface ShownRun {
  readonly run: TestRun;
  readonly flow: Flow;
  readonly sampleName: string;
  /** What was asked for, to ask for the same again. */
  readonly asked: TestRunAsked;
}

export interface EditorState {
  readonly flow: Flow;
  readonly manifests: Manifests;
  readonly history: History;
  readonly selection: CanvasSelection;
  readonly tab: InspectorTab;
  readonly jump: Jump | undefined;
  /** What the canvas was asked for last to bring into its middle. */
  readonly focus: CanvasFocus | undefined;
  readonly asked: Asked | undefined;
  /** Nodes whose flow of their own is being named. */
  readonly collapsing: readonly string[] | undefined;
  /** The flow as the runtime has it, by identity: the draft is dirty when `flow` is another object. */
  readonly savedFlow: Flow;
  readonly etag: string;
  readonly updatedAt: string;
  readonly updatedBy: string;
  readonly file: FlowDraft['file'];
  readonly save: SaveState;
  readonly sampleIndex: number;
  readonly shownRun: ShownRun | undefined;
  readonly readOnly: boolean;

  /** Makes one change. Changes with one `mergeKey` in quick succession are one step of undo. */
  change(change: FlowChange, options?: { mergeKey?: string; select?: CanvasSelection }): void;
  undo(): void;
  redo(): void;
  select(selection: CanvasSelection): void;
  openTab(tab: InspectorTab): void;
  jumpTo(nodeId: string | undefined, tab: InspectorTab, path: string, position: number | undefined): void;
  /** Selects a node or the nodes of a group and brings them, or a note, into the middle of the canvas; `isWriting`: to write in the note. */
  showPlace(place: CanvasPlace, isWriting?: true): void;
  /** Opens a list of node types, or closes the one that is open. */
  ask(asked: Asked | undefined): void;
  /** Asks for the name of a flow that these nodes become, or asks no more. */
  askToCollapse(nodeIds: readonly string[] | undefined): void;
  chooseSample(index: number): void;
  showRun(run: ShownRun | undefined): void;
  /** Takes a draft of the runtime over as it is; the steps of undo end here. */
  takeOver(draft: FlowDraft): void;
  /**
   * Goes on with `flow` from what someone else saved. The steps of undo before would take their changes back with ours: one step leads to
   * what was here.
   */
  goOnFrom(theirs: FlowDraft, flow: Flow): void;
}

export type EditorStore = StoreApi<EditorState>;

const NOTHING: CanvasSelection = { nodeIds: [], edgeIds: [] };

/** The state of one open editor. `now` gives the time in ms. */
export function createEditorStore(
  draft: FlowDraft,
  manifests: Manifests,
  options: { readOnly?: boolean; now?: () => number } = {},
): EditorStore {
  const now = options.now ?? Date.now;
  const readOnly = options.readOnly ?? false;
  return createStore<EditorState>((set, get) => {
    const move = (taken: ReturnType<typeof stepBack>, direction: 'undo' | 'redo') => {
      if (!taken || readOnly) return;
      const { flow } = applyChange(get().flow, taken.step[direction]);
      set({ flow, history: taken.history, selection: existing(flow, get().selection) });
    };
    return {
      flow: draft.flow,
      manifests,
      history: EMPTY_HISTORY,
      selection: NOTHING,
      tab: 'settings',
      jump: undefined,
      focus: undefined,
      asked: undefined,
      collapsing: undefined,
      ...savedFields(draft),
      save: { kind: 'saved' },
      sampleIndex: 0,
      shownRun: undefined,
      readOnly,
      change(change, { mergeKey, select } = {}) {
        if (readOnly) return;
        const { flow, inverse } = applyChange(get().flow, change);
        const history = record(get().history, { redo: change, undo: inverse, mergeKey, at: now() });
        const selection = existing(flow, select ?? get().selection);
        set({ flow, history, selection, ...(select ? { tab: tabFor(flow, manifests, selection, get().tab) } : {}) });
      },
      undo: () => move(stepBack(get().history), 'undo'),
      redo: () => move(stepForward(get().history), 'redo'),
      select(selection) {
        if (same(selection, get().selection)) return;
        // Leaving a field by choosing another node ends its step of undo.
        const { flow, history, tab } = get();
        set({ selection, history: closeStep(history), jump: undefined, tab: tabFor(flow, manifests, selection, tab) });
      },
      openTab: (tab) => set({ tab, jump: undefined }),
      jumpTo(nodeId, tab, path, position) {
        const count = (get().jump?.count ?? 0) + 1;
        set({
          selection: nodeId === undefined ? NOTHING : { nodeIds: [nodeId], edgeIds: [] },
          tab,
          jump: { path, position, count },
        });
      },
      showPlace({ kind, id }, isWriting) {
        const { flow, select, focus: before } = get();
        const group = flow.layout?.groups?.find((one) => one.id === id);
        const nodeIds = kind === 'note' ? [] : kind === 'node' ? [id] : (group?.nodes ?? []);
        select(existing(flow, { nodeIds, edgeIds: [] }));
        set({ focus: { kind, id, count: (before?.count ?? 0) + 1, ...(isWriting ? { isWriting } : {}) } });
      },
      ask: (asked) => set({ asked }),
      askToCollapse: (collapsing) => set({ collapsing }),
      chooseSample: (sampleIndex) => set({ sampleIndex }),
      showRun: (shownRun) => set({ shownRun }),
      takeOver: (taken) =>
        set({
          flow: taken.flow,
          ...savedFields(taken),
          history: EMPTY_HISTORY,
          save: { kind: 'saved' },
          selection: existing(taken.flow, get().selection),
        }),
      goOnFrom(theirs, next) {
        const redo: FlowChange = { kind: 'replaceFlow', flow: next };
        const { flow, inverse } = applyChange(get().flow, redo);
        const isTheirs = next === theirs.flow;
        set({
          flow: isTheirs ? next : flow,
          ...savedFields(theirs),
          history: record(EMPTY_HISTORY, { redo, undo: inverse, at: now() }),
          save: { kind: isTheirs ? 'saved' : 'unsaved' },
          selection: existing(flow, get().selection),
        });
      },
    };
  });
}

/** What a draft of the runtime says about the saved state. */
export function savedFields(draft: FlowDraft) {
  return {
    savedFlow: draft.flow,
    etag: draft.etag,
    updatedAt: draft.updatedAt,
    updatedBy: draft.updatedBy,
    file: draft.file,
  };
}

/** A node made of a mapping opens with it; what else the person was reading stays open. */
function tabFor(flow: Flow, manifests: Manifests, selection: CanvasSelection, tab: InspectorTab): InspectorTab {
  if (tab !== 'settings' && tab !== 'mapping') return tab;
  const node = flow.nodes.find(({ id }) => id === selection.nodeIds[0]);
  const manifest = node && manifests.get(node.type);
  return manifest && mappingField(manifest) ? 'mapping' : 'settings';
}

function existing(flow: Flow, selection: CanvasSelection): CanvasSelection {
  const nodeIds = selection.nodeIds.filter((id) => flow.nodes.some((node) => node.id === id));
  const edgeIds = selection.edgeIds.filter((id) => flow.edges.some((edge) => edge.id === id));
  const next = { nodeIds, edgeIds };
  return same(next, selection) ? selection : next;
}

function same(left: CanvasSelection, right: CanvasSelection): boolean {
  return left.nodeIds.join() === right.nodeIds.join() && left.edgeIds.join() === right.edgeIds.join();
}
