import { readFlowFile } from '../flows/read-flow-file.ts';
import { editorTexts } from '../texts/index.ts';
import { notifyDone, notifyError } from '../ui/index.ts';
import { useEditorContext } from './store/editor-context.tsx';

/** Asks for a flow file and puts its content in place of the draft, as one step of undo. The draft keeps its id. */
export function useImportFile(): () => void {
  const { store } = useEditorContext();
  return () => {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = '.json,application/json';
    input.onchange = async () => {
      const file = input.files?.[0];
      if (!file) return;
      const read = readFlowFile(await file.text(), [...store.getState().manifests.values()]);
      if (read.kind === 'unreadable') return notifyError(new Error(read.message), editorTexts.file.unreadable);
      store.getState().change({ kind: 'replaceFlow', flow: read.flow });
      notifyDone(editorTexts.file.imported);
    };
    input.click();
  };
}
