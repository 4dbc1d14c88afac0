import type { NodeManifest } from '@crossdock/flow-model';
import { IconArrowBackUp, IconArrowForwardUp, IconLayoutDistributeHorizontal, IconNote } from '@tabler/icons-react';
import { useEffect, useMemo } from 'react';
import { type CanvasEdit, Control, FlowCanvas, tidyUp } from '../canvas/index.ts';
import { edgeCountsOf, overlayOf } from '../canvas/span-overlay.ts';
import { Inspector } from '../inspector/index.ts';
import { Palette } from '../palette/index.ts';
import { canvasTexts, editorTexts } from '../texts/index.ts';
import { isTyping, notifyError } from '../ui/index.ts';
import { AskedPicker } from './AskedPicker.tsx';
import { canvasActions } from './canvas-actions.ts';
import { EmptyCanvas } from './EmptyCanvas.tsx';
import { IssuesPanel } from './IssuesPanel.tsx';
import { RunControl } from './RunControl.tsx';
import { useShortcutKey } from './shortcuts.tsx';
import { useEditor, useEditorContext } from './store/editor-context.tsx';
import type { EditorStore } from './store/editor-store.ts';
import { addNodeAfter, settled } from './store/edits.ts';
import { problemsByNode } from './store/issues.ts';

/** Palette, canvas with the issues below it, and inspector. */
export function EditorBody() {
  const { store, issues } = useEditorContext();
  const flow = useEditor((state) => state.flow);
  const manifests = useEditor((state) => state.manifests);
  const selection = useEditor((state) => state.selection);
  const readOnly = useEditor((state) => state.readOnly);
  const shownRun = useEditor((state) => state.shownRun);
  const problems = useMemo(() => problemsByNode(issues), [issues]);
  // A moved node changes no meaning, so the run stays on the canvas until nodes or edges themselves change.
  const isCurrentRun = shownRun && shownRun.flow.nodes === flow.nodes && shownRun.flow.edges === flow.edges;
  const run = useMemo(
    () =>
      isCurrentRun
        ? { overlay: overlayOf(shownRun.run.spans), edgeCounts: edgeCountsOf(shownRun.run.spans) }
        : undefined,
    [isCurrentRun, shownRun],
  );
  const actions = useMemo(() => canvasActions(store), [store]);
  const edit = useMemo((): CanvasEdit => ({ ...actions, selection }), [actions, selection]);
  useUndoKeys(store);
  useShortcutKey();

  const add = (manifest: NodeManifest) => {
    const { change, select } = addNodeAfter(flow, manifests, manifest, selection.nodeIds.at(-1));
    store.getState().change(settled(flow, change), { select });
  };
  return (
    <div className="cd-editor">
      {readOnly ? null : <Palette manifests={manifests} onAdd={add} />}
      <div className="cd-editor-middle">
        {readOnly ? <p className="cd-editor-notice">{editorTexts.readOnly}</p> : null}
        <div className="cd-editor-canvas">
          <FlowCanvas
            flow={flow}
            manifests={manifests}
            mode={readOnly ? 'view' : 'edit'}
            problems={problems}
            {...(run ?? {})}
            {...(readOnly
              ? {
                  selectedNodeId: selection.nodeIds[0],
                  onSelectNode: (nodeId: string | undefined) =>
                    actions.onSelect({ nodeIds: nodeId ? [nodeId] : [], edgeIds: [] }),
                }
              : { edit })}
            controls={readOnly ? null : <EditControls store={store} onAddNote={actions.notes.onAdd} />}
            empty={<EmptyCanvas onAdd={add} />}
          />
        </div>
        <IssuesPanel />
      </div>
      <Inspector runControl={<RunControl compact />} />
      {readOnly ? null : <AskedPicker />}
    </div>
  );
}

function EditControls({ store, onAddNote }: { store: EditorStore; onAddNote: () => void }) {
  const canUndo = useEditor((state) => state.history.past.length > 0);
  const canRedo = useEditor((state) => state.history.future.length > 0);
  const isEmpty = useEditor((state) => state.flow.nodes.length === 0);
  const tidy = async () => {
    const { flow, manifests } = store.getState();
    try {
      store.getState().change({ kind: 'moveNodes', positions: await tidyUp(flow, manifests) });
    } catch (error) {
      notifyError(error);
    }
  };
  return (
    <>
      <Control label={editorTexts.undo} onClick={() => store.getState().undo()} disabled={!canUndo}>
        <IconArrowBackUp size={16} stroke={1.5} />
      </Control>
      <Control label={editorTexts.redo} onClick={() => store.getState().redo()} disabled={!canRedo}>
        <IconArrowForwardUp size={16} stroke={1.5} />
      </Control>
      <Control label={canvasTexts.tidy} onClick={() => void tidy()} disabled={isEmpty}>
        <IconLayoutDistributeHorizontal size={16} stroke={1.5} />
      </Control>
      <Control label={canvasTexts.addNote} onClick={onAddNote}>
        <IconNote size={16} stroke={1.5} />
      </Control>
    </>
  );
}

/** Ctrl-Z and Ctrl-Shift-Z (or Ctrl-Y) anywhere but in a field, which has its own. */
function useUndoKeys(store: EditorStore): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      if (isTyping(event.target)) return;
      const key = event.key.toLowerCase();
      if (key !== 'z' && key !== 'y') return;
      event.preventDefault();
      if (key === 'y' || event.shiftKey) store.getState().redo();
      else store.getState().undo();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [store]);
}
