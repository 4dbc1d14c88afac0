import { isFlowError } from '@crossdock/errors';
import { canConnect, collapsePart, type Flow, parsePart, serialiseFlow } from '@crossdock/flow-model';
import { notifications } from '@mantine/notifications';
import { type CanvasEdit, placeNodes } from '../canvas/index.ts';
import { editorTexts } from '../texts/index.ts';
import type { EditorStore } from './store/editor-store.ts';
import {
  addNodeAt,
  addNote,
  arrangeSelection,
  connect,
  copySelection,
  duplicateSelection,
  type Edit,
  groupSelection,
  insertOnEdge,
  paste,
  reconnect,
  removeSelection,
  settled,
  ungroupSelection,
} from './store/edits.ts';

const texts = editorTexts.canvas;

/** What the canvas asks for, as changes of the flow. */
export function canvasActions(store: EditorStore): Omit<CanvasEdit, 'selection'> {
  const state = () => store.getState();
  const place = ({ change, select }: Edit) => state().change(settled(state().flow, change), { select });
  const insert = (nodeId: string, edgeId: string, options: { mergeKey?: string } = {}) => {
    const inserted = insertOnEdge(state().flow, state().manifests, nodeId, edgeId);
    if (inserted.ok) state().change(inserted.change, options);
    else refused(inserted.reason);
  };
  return {
    onSelect: (selection) => state().select(selection),
    onMove: (positions) =>
      state().change(settled(state().flow, { kind: 'moveNodes', positions }), {
        mergeKey: moveKey(Object.keys(positions)),
      }),
    onConnect: (connection) => state().change(connect(state().flow, connection)),
    onReconnect: (edgeId, connection) => state().change(reconnect(edgeId, connection)),
    refusal(connection, edgeId) {
      const { flow, manifests } = state();
      const without = { ...flow, edges: flow.edges.filter(({ id }) => id !== edgeId) };
      const answer = canConnect(
        without,
        manifests,
        { nodeId: connection.source, handle: connection.sourceHandle },
        { nodeId: connection.target, handle: connection.targetHandle },
      );
      return answer.ok ? undefined : answer.reason;
    },
    onRefused: refused,
    onDropType(type, at, edgeId) {
      const manifest = state().manifests.get(type);
      if (manifest) place(addNodeAt(state().flow, manifest, at, edgeId));
    },
    // One step of undo with the move that brought it there.
    onDropNode: (nodeId, edgeId) => insert(nodeId, edgeId, { mergeKey: moveKey([nodeId]) }),
    onInsertSelection() {
      const { nodeIds, edgeIds } = state().selection;
      const [[nodeId], [edgeId]] = [nodeIds, edgeIds];
      if (nodeIds.length !== 1 || edgeIds.length !== 1) refused(texts.insertNeeds);
      else if (nodeId !== undefined && edgeId !== undefined) insert(nodeId, edgeId);
    },
    onAsk: (question, beside) => state().ask({ question, beside }),
    onRemoveSelection() {
      const change = removeSelection(state().selection);
      if (change) state().change(change);
    },
    onDuplicateSelection() {
      const { flow, manifests, selection } = state();
      const copy = duplicateSelection(flow, manifests, selection);
      if (copy) place(copy);
    },
    onArrangeSelection(how) {
      const { flow, manifests, selection } = state();
      const moves = arrangeSelection(flow, manifests, selection, how);
      if (moves) state().change(settled(flow, moves));
    },
    onGroupSelection() {
      const group = groupSelection(state().flow, state().selection);
      if (group) state().change(group);
    },
    onCollapseSelection() {
      const { flow, manifests, selection } = state();
      const answer = collapsePart(flow, selection.nodeIds, { id: 'x', name: '' }, manifests, placeNodes(flow));
      if (answer.ok) state().askToCollapse(selection.nodeIds);
      else refused(answer.reason);
    },
    onUngroupSelection() {
      const ungrouped = ungroupSelection(state().flow, state().selection);
      if (ungrouped) state().change(ungrouped);
    },
    notes: {
      onAdd: () => state().change(addNote(state().flow)),
      onChange: (note, kind) =>
        state().change({ kind: 'putNote', note }, kind === undefined ? {} : { mergeKey: `note:${note.id}:${kind}` }),
      onRemove: (noteId) => state().change({ kind: 'removeNote', noteId }),
    },
    onCopy() {
      const part = copySelection(state().flow, state().selection);
      return part && serialiseFlow(part);
    },
    onPaste(text, middle) {
      const part = readPart(text);
      if (part) place(paste(state().flow, state().manifests, part, middle));
    },
  };
}

const moveKey = (nodeIds: readonly string[]) => `move:${nodeIds.toSorted().join()}`;

function refused(message: string): void {
  notifications.show({ id: 'connection-refused', message, color: 'gray', autoClose: 8_000, withBorder: true });
}

/** The nodes in a pasted text; says what is wrong where there are none. */
function readPart(text: string): Flow | undefined {
  const refuse = (message: string) =>
    void notifications.show({ message, color: 'red', autoClose: 10_000, withBorder: true });
  try {
    const part = parsePart(text);
    if (part.nodes.length > 0) return part;
    refuse(texts.empty);
  } catch (error) {
    if (!isFlowError(error)) throw error;
    refuse(text.includes('{') ? texts.unreadable(error.message) : texts.nothing);
  }
  return undefined;
}
