import type { Flow } from '@crossdock/flow-model';
import type { KeyboardEvent } from 'react';
import type { CanvasEdit } from './canvas-types.ts';
import { NO_SELECTION } from './use-canvas-nodes.ts';

/** Delete, duplicate, select all and deselect. React Flow itself moves with the arrow keys; undo belongs to the page. */
export function useCanvasKeys(flow: Flow, edit: CanvasEdit | undefined) {
  return (event: KeyboardEvent) => {
    if (!edit || isTyping(event.target)) return;
    const command = event.ctrlKey || event.metaKey;
    const action = actionOf(event.key.toLowerCase(), command, flow, edit);
    if (!action) return;
    event.preventDefault();
    action();
  };
}

function actionOf(key: string, command: boolean, flow: Flow, edit: CanvasEdit): (() => void) | undefined {
  if (!command && (key === 'delete' || key === 'backspace')) return edit.onRemoveSelection;
  if (!command && key === 'escape') return () => edit.onSelect(NO_SELECTION);
  if (command && key === 'd') return edit.onDuplicateSelection;
  if (command && key === 'a')
    return () => edit.onSelect({ nodeIds: flow.nodes.map(({ id }) => id), edgeIds: flow.edges.map(({ id }) => id) });
  return undefined;
}

function isTyping(target: EventTarget): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null;
}
