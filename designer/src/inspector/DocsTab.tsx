import type { FlowNode, NodeManifest } from '@crossdock/flow-model';
import { useChange } from '../editor/store/editor-context.tsx';
import { NodeGuide } from '../help/NodeGuide.tsx';
import { helpTexts } from '../texts/index.ts';
import { notifyDone } from '../ui/index.ts';

/** The page of the node's type; an example can be taken over into the node. */
export function DocsTab({ node, manifest, locked }: { node: FlowNode; manifest: NodeManifest; locked: boolean }) {
  const change = useChange();
  const use = (config: Readonly<Record<string, unknown>>) => {
    change({ kind: 'updateNode', nodeId: node.id, patch: { config: { ...config } } });
    notifyDone(helpTexts.used);
  };
  return (
    <>
      <p>
        <strong>{manifest.title}</strong> <code>{manifest.type}</code>
      </p>
      <NodeGuide manifest={manifest} onUse={locked ? undefined : use} />
    </>
  );
}
