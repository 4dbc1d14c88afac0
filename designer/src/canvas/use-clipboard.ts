import { useReactFlow, useStoreApi } from '@xyflow/react';
import { type RefObject, useEffect } from 'react';
import type { CanvasEdit } from './canvas-types.ts';
import { isMeantForCanvas } from './use-canvas-keys.ts';

/**
 * Copy, cut and paste by the browser's own events: they need no permission and work over plain http too. Text that is selected on the page and
 * fields keep theirs.
 */
export function useClipboard(frame: RefObject<HTMLElement | null>, edit: CanvasEdit | undefined): void {
  const { screenToFlowPosition } = useReactFlow();
  const store = useStoreApi();
  useEffect(() => {
    if (!edit) return;
    const take = (event: ClipboardEvent) => {
      if (!isMeantForCanvas(event.target, frame.current) || !getSelection()?.isCollapsed) return;
      const text = edit.onCopy();
      if (text === undefined) return;
      event.preventDefault();
      event.clipboardData?.setData('text/plain', text);
      if (event.type === 'cut') edit.onRemoveSelection();
    };
    const put = (event: ClipboardEvent) => {
      const shown = store.getState().domNode?.getBoundingClientRect();
      if (!shown || !isMeantForCanvas(event.target, frame.current)) return;
      event.preventDefault();
      const middle = { x: shown.x + shown.width / 2, y: shown.y + shown.height / 2 };
      edit.onPaste(event.clipboardData?.getData('text/plain') ?? '', screenToFlowPosition(middle));
    };
    document.addEventListener('copy', take);
    document.addEventListener('cut', take);
    document.addEventListener('paste', put);
    return () => {
      document.removeEventListener('copy', take);
      document.removeEventListener('cut', take);
      document.removeEventListener('paste', put);
    };
  }, [edit, frame, screenToFlowPosition, store]);
}
