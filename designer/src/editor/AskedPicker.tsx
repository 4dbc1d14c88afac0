import { canConnect, canReplaceType, handlesOf, type NodeManifest, replaceType } from '@crossdock/flow-model';
import { useMemo } from 'react';
import type { CanvasQuestion } from '../canvas/index.ts';
import { NodePicker, type PickerGroup, searchPalette } from '../palette/index.ts';
import { editorTexts, paletteTexts } from '../texts/index.ts';
import { notifyDone } from '../ui/index.ts';
import { useEditor, useEditorContext } from './store/editor-context.tsx';
import type { EditorState } from './store/editor-store.ts';
import { addNext, connect, settled } from './store/edits.ts';

const texts = editorTexts.ask;
const NODE = 'node ';

/** The list of node types that the canvas or the inspector asked for, while one is open. */
export function AskedPicker() {
  const { store } = useEditorContext();
  const asked = useEditor((state) => state.asked);
  const flow = useEditor((state) => state.flow);
  const manifests = useEditor((state) => state.manifests);
  const find = useMemo(() => asked && finderOf(asked.question, { flow, manifests }), [asked, flow, manifests]);
  if (!asked || !find) return null;
  const close = () => store.getState().ask(undefined);
  return (
    <NodePicker
      key={JSON.stringify(asked.question)}
      label={texts[asked.question.kind]}
      beside={asked.beside}
      find={find}
      onPick={(id) => {
        close();
        answer(asked.question, id, store.getState());
      }}
      onClose={close}
    />
  );
}

type Shown = Pick<EditorState, 'flow' | 'manifests'>;

/** What can be chosen: types that fit, and for an output the nodes there are that it can be joined to. */
function finderOf(question: CanvasQuestion, shown: Shown): (query: string) => readonly PickerGroup[] {
  const types = [...shown.manifests.values()].filter((manifest) => fits(question, manifest, shown));
  const nodes = question.kind === 'next' ? joinable(question.from, shown) : [];
  return (query) => {
    const words = query.toLowerCase().split(/\s+/).filter(Boolean);
    const found = nodes.filter(({ title, note }) =>
      words.every((word) => `${title} ${note}`.toLowerCase().includes(word)),
    );
    return [
      ...searchPalette(types, query).map(({ kind, items }) => ({
        label: paletteTexts.kinds[kind],
        items: items.map(({ type, title, summary, icon }) => ({ id: type, title, hint: summary, icon, kind })),
      })),
      ...(found.length > 0 ? [{ label: texts.join, items: found }] : []),
    ];
  };
}

function fits(question: CanvasQuestion, manifest: NodeManifest, { flow, manifests }: Shown): boolean {
  if (question.kind === 'next') return handlesOf({ config: {} }, manifest).in.length > 0;
  const node = flow.nodes.find(({ id }) => id === question.nodeId);
  return canReplaceType(manifests.get(node?.type ?? ''), manifest);
}

function joinable(from: { nodeId: string; handle: string }, { flow, manifests }: Shown) {
  return flow.nodes.flatMap((node) => {
    const manifest = manifests.get(node.type);
    const [handle] = manifest ? handlesOf(node, manifest).in : [];
    if (!manifest || handle === undefined) return [];
    if (!canConnect(flow, manifests, from, { nodeId: node.id, handle }).ok) return [];
    const { icon, kind, title } = manifest;
    return [{ id: `${NODE}${node.id}`, title: node.name || title, hint: manifest.summary, note: node.id, icon, kind }];
  });
}

function answer(question: CanvasQuestion, id: string, { flow, manifests, change }: EditorState): void {
  const manifest = manifests.get(id);
  if (question.kind === 'replace') {
    const replaced = manifest && replaceType(flow, question.nodeId, manifest, manifests);
    if (!replaced) return;
    change(replaced.change, { select: { nodeIds: [question.nodeId], edgeIds: [] } });
    const { fields, edges } = replaced.dropped;
    if (fields.length + edges > 0) notifyDone(texts.dropped(fields, edges));
    return;
  }
  const { nodeId, handle } = question.from;
  if (manifest) {
    const edit = addNext(flow, manifest, nodeId, handle, question.at);
    change(settled(flow, edit.change), { select: edit.select });
    return;
  }
  const target = flow.nodes.find((node) => `${NODE}${node.id}` === id);
  const targetManifest = target && manifests.get(target.type);
  const [targetHandle] = targetManifest ? handlesOf(target, targetManifest).in : [];
  if (target && targetHandle !== undefined)
    change(connect(flow, { source: nodeId, sourceHandle: handle, target: target.id, targetHandle }));
}
