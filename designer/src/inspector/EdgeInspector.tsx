import type { Flow, FlowEdge } from '@crossdock/flow-model';
import { Button } from '@mantine/core';
import { useEditor } from '../editor/store/editor-context.tsx';
import { inspectorTexts } from '../texts/index.ts';

const texts = inspectorTexts.edge;

/** One edge: where it leads from and to. */
export function EdgeInspector({ edge, flow, onRemove }: { edge: FlowEdge; flow: Flow; onRemove: () => void }) {
  const select = useEditor((state) => state.select);
  const locked = useEditor((state) => state.readOnly);
  const end = (label: string, nodeId: string, handle: string) => {
    const node = flow.nodes.find(({ id }) => id === nodeId);
    return (
      <div className="cd-edge-end">
        <span className="cd-dim">{label}</span>
        <Button variant="default" onClick={() => select({ nodeIds: [nodeId], edgeIds: [] })} disabled={!node}>
          {node?.name || nodeId}
        </Button>
        <span className="cd-dim">{texts.handle(handle)}</span>
      </div>
    );
  };
  return (
    <div className="cd-inspector-body">
      <h2>{texts.title}</h2>
      {end(texts.from, edge.source, edge.sourceHandle)}
      {end(texts.to, edge.target, edge.targetHandle)}
      {edge.sourceHandle === 'error' ? <p className="cd-dim">{texts.onError}</p> : null}
      <div>
        <Button variant="light" color="red" onClick={onRemove} disabled={locked}>
          {texts.remove}
        </Button>
      </div>
    </div>
  );
}
