import type { Flow, FlowChange, FlowNode, Issue } from '@crossdock/flow-model';
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { EditorState, EditorStore } from './editor-store.ts';
import type { Saver } from './saver.ts';

export interface Editor {
  readonly store: EditorStore;
  readonly saver: Saver;
  readonly issues: readonly Issue[];
}

/** The open editor, for everything on its page. */
export const EditorContext = createContext<Editor | undefined>(undefined);

export function useEditorContext(): Editor {
  const editor = useContext(EditorContext);
  if (!editor) throw new Error('used outside an editor');
  return editor;
}

/** A part of the editor's state; renders again when that part changes. */
export function useEditor<T>(select: (state: EditorState) => T): T {
  return useStore(useEditorContext().store, select);
}

/** Makes changes; see `EditorState.change`. */
export function useChange(): (change: FlowChange, mergeKey?: string) => void {
  const change = useEditor((state) => state.change);
  return (edit, mergeKey) => change(edit, mergeKey === undefined ? {} : { mergeKey });
}

/** The one selected node, if exactly one thing is selected. */
export function selectedNode(state: Pick<EditorState, 'flow' | 'selection'>): FlowNode | undefined {
  const { nodeIds, edgeIds } = state.selection;
  return nodeIds.length === 1 && edgeIds.length === 0
    ? state.flow.nodes.find(({ id }) => id === nodeIds[0])
    : undefined;
}

/** The sample that previews and runs use. */
export function chosenSample(state: Pick<EditorState, 'flow' | 'sampleIndex'>) {
  const samples: NonNullable<Flow['samples']> = state.flow.samples ?? [];
  return samples[state.sampleIndex] ?? samples[0];
}

/** Issues at or below a place in the document. */
export function issuesAt(issues: readonly Issue[], pointer: string): readonly Issue[] {
  return issues.filter(({ path }) => path === pointer || path.startsWith(`${pointer}/`));
}
