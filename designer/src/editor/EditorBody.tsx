import type { NodeManifest } from '@crossdock/flow-model';
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconLayoutDistributeHorizontal,
  IconNote,
  IconSearch,
} from '@tabler/icons-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { type CanvasEdit, Control, FlowCanvas } from '../canvas/index.ts';
import { edgeCountsOf, overlayOf } from '../canvas/span-overlay.ts';
import { Inspector } from '../inspector/index.ts';
import { Palette } from '../palette/index.ts';
import { canvasTexts, editorTexts } from '../texts/index.ts';
import { TrialBar } from '../tryout/TrialBar.tsx';
import { isTyping } from '../ui/index.ts';
import { AskedPicker } from './AskedPicker.tsx';
import { CollapseDialog } from './CollapseDialog.tsx';
import { canvasActions } from './canvas-actions.ts';
import { EmptyCanvas } from './EmptyCanvas.tsx';
import { FlowSearch } from './FlowSearch.tsx';
import { IssuesPanel } from './IssuesPanel.tsx';
import { RunControl } from './RunControl.tsx';
import { useShortcutKey } from './shortcuts.tsx';
import { useEditor, useEditorContext } from './store/editor-context.tsx';
import type { EditorStore } from './store/editor-store.ts';
import { addNodeAfter, settled } from './store/edits.ts';
import { problemsByNode } from './store/issues.ts';
import { tidy } from './tidy.ts';
import { useEditorCommands } from './use-editor-commands.ts';

const NOTHING_FOUND: ReadonlySet<string> = new Set();

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

  const add = useCallback(
    (manifest: NodeManifest) => {
      const { flow, manifests, selection } = store.getState();
      const { change, select } = addNodeAfter(flow, manifests, manifest, selection.nodeIds.at(-1));
      store.getState().change(settled(flow, change), { select });
    },
    [store],
  );
  const focus = useEditor((state) => state.focus);
  const [found, setFound] = useState<ReadonlySet<string>>();
  const canvas = useRef<HTMLDivElement>(null);
  const search = useCallback(() => setFound((before) => before ?? NOTHING_FOUND), []);
  const endSearch = useCallback(() => {
    setFound(undefined);
    canvas.current?.querySelector<HTMLElement>('.react-flow__node.selected')?.focus({ preventScroll: true });
  }, []);
  useSearchKey(search);
  useEditorCommands({ add, actions, search });
  return (
    <div className="cd-editor">
      {readOnly ? null : <Palette manifests={manifests} onAdd={add} />}
      <div className="cd-editor-middle">
        {readOnly ? <p className="cd-editor-notice">{editorTexts.readOnly}</p> : null}
        <div className="cd-editor-canvas" data-tour="canvas" ref={canvas}>
          {found ? <FlowSearch onFound={setFound} onClose={endSearch} /> : null}
          <FlowCanvas
            flow={flow}
            manifests={manifests}
            mode={readOnly ? 'view' : 'edit'}
            problems={problems}
            focus={focus}
            {...(found ? { found } : {})}
            {...(run ?? {})}
            {...(readOnly
              ? {
                  selectedNodeId: selection.nodeIds[0],
                  onSelectNode: (nodeId: string | undefined) =>
                    actions.onSelect({ nodeIds: nodeId ? [nodeId] : [], edgeIds: [] }),
                }
              : { edit })}
            controls={
              <>
                {readOnly ? null : <EditControls store={store} onAddNote={actions.notes.onAdd} />}
                <Control label={editorTexts.search.action} onClick={search}>
                  <IconSearch size={16} stroke={1.5} />
                </Control>
              </>
            }
            empty={<EmptyCanvas onAdd={add} />}
          />
          <TrialBar />
        </div>
        <IssuesPanel />
      </div>
      <Inspector runControl={<RunControl compact />} />
      {readOnly ? null : <AskedPicker />}
      <CollapseDialog />
    </div>
  );
}

function EditControls({ store, onAddNote }: { store: EditorStore; onAddNote: () => void }) {
  const canUndo = useEditor((state) => state.history.past.length > 0);
  const canRedo = useEditor((state) => state.history.future.length > 0);
  const isEmpty = useEditor((state) => state.flow.nodes.length === 0);
  return (
    <>
      <Control label={editorTexts.undo} onClick={() => store.getState().undo()} disabled={!canUndo}>
        <IconArrowBackUp size={16} stroke={1.5} />
      </Control>
      <Control label={editorTexts.redo} onClick={() => store.getState().redo()} disabled={!canRedo}>
        <IconArrowForwardUp size={16} stroke={1.5} />
      </Control>
      <Control label={canvasTexts.tidy} onClick={() => void tidy(store)} disabled={isEmpty}>
        <IconLayoutDistributeHorizontal size={16} stroke={1.5} />
      </Control>
      <Control label={canvasTexts.addNote} onClick={onAddNote}>
        <IconNote size={16} stroke={1.5} />
      </Control>
    </>
  );
}

/** Ctrl-F anywhere but in a field searches the flow; there it is the browser's or the code editor's. */
function useSearchKey(search: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      if (event.key.toLowerCase() !== 'f' || isTyping(event.target)) return;
      event.preventDefault();
      search();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [search]);
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
