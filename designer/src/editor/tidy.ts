import { tidyUp } from '../canvas/index.ts';
import { notifyError } from '../ui/index.ts';
import type { EditorStore } from './store/editor-store.ts';

/** Lays the whole drawing out anew, as one step of undo. */
export async function tidy(store: EditorStore): Promise<void> {
  const { flow, manifests } = store.getState();
  try {
    store.getState().change({ kind: 'moveNodes', positions: await tidyUp(flow, manifests) });
  } catch (error) {
    notifyError(error);
  }
}
