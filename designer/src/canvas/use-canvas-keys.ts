import type { Alignment, Distribution, Flow } from '@crossdock/flow-model';
import { type RefObject, useEffect } from 'react';
import { isDialogOpen } from '../ui/index.ts';
import type { CanvasEdit } from './canvas-types.ts';
import { NO_SELECTION } from './use-canvas-nodes.ts';

/** With Alt and Shift, by the key's place on the keyboard: with Alt some systems write other letters. */
const ARRANGEMENTS: Readonly<Record<string, Alignment | Distribution>> = {
  ArrowLeft: 'left',
  KeyC: 'centre',
  ArrowRight: 'right',
  ArrowUp: 'top',
  KeyM: 'middle',
  ArrowDown: 'bottom',
  KeyH: 'across',
  KeyV: 'down',
};

/** Delete, duplicate, arrange, group, insert into an edge, make a flow of the selection, add a note, select all and deselect. React Flow itself moves with the arrow keys; undo belongs to the page. */
export function useCanvasKeys(frame: RefObject<HTMLElement | null>, flow: Flow, edit: CanvasEdit | undefined): void {
  useEffect(() => {
    if (!edit) return;
    const onKey = (event: KeyboardEvent) => {
      if (!isMeantForCanvas(event.target, frame.current)) return;
      const command = event.ctrlKey || event.metaKey;
      const action = event.altKey
        ? event.shiftKey && !command && drawingActionOf(event.code, edit)
        : actionOf(event.key.toLowerCase(), { command, shift: event.shiftKey }, flow, edit);
      if (!action) return;
      event.preventDefault();
      // React Flow would move the cards by the arrow keys as well.
      if (event.altKey) event.stopPropagation();
      action();
    };
    window.addEventListener('keydown', onKey, true);
    return () => window.removeEventListener('keydown', onKey, true);
  }, [frame, flow, edit]);
}

/** Whether a key or a paste is for the canvas: it has the focus, or nothing has, and nobody is typing. */
export function isMeantForCanvas(target: EventTarget | null, frame: HTMLElement | null): boolean {
  if (!(target instanceof Element) || !frame) return false;
  if (target.closest('input, textarea, select, [contenteditable], .cd-canvas-note')) return false;
  if (isDialogOpen()) return false;
  // A click on the ground gives the focus to what lies around the canvas.
  return target.contains(frame) || frame.contains(target);
}

function drawingActionOf(code: string, edit: CanvasEdit): (() => void) | undefined {
  const how = ARRANGEMENTS[code];
  if (how) return () => edit.onArrangeSelection(how);
  if (code === 'KeyE') return edit.onInsertSelection;
  if (code === 'KeyF') return edit.onCollapseSelection;
  if (code === 'KeyN') return edit.notes.onAdd;
  return undefined;
}

function actionOf(
  key: string,
  { command, shift }: { command: boolean; shift: boolean },
  flow: Flow,
  edit: CanvasEdit,
): (() => void) | undefined {
  if (!command && (key === 'delete' || key === 'backspace')) return edit.onRemoveSelection;
  if (!command && key === 'escape') return () => edit.onSelect(NO_SELECTION);
  if (command && key === 'd') return edit.onDuplicateSelection;
  if (command && key === 'g') return shift ? edit.onUngroupSelection : edit.onGroupSelection;
  if (command && key === 'a')
    return () => edit.onSelect({ nodeIds: flow.nodes.map(({ id }) => id), edgeIds: flow.edges.map(({ id }) => id) });
  return undefined;
}
