import type { Flow } from '@crossdock/flow-model';
import { Select } from '@mantine/core';
import type { Manifests } from '../../canvas/index.ts';
import { useEditor } from '../../editor/store/editor-context.tsx';
import { inspectorTexts } from '../../texts/index.ts';
import { compensatingNodes } from './reliability-of.ts';
import type { ReliabilityProps } from './reliability-props.ts';

const texts = inspectorTexts.reliability.compensate;

/** Which action undoes this effect when the execution fails or is cancelled later. */
export function CompensateSection({ node, locked, set, errorAt, flow }: ReliabilityProps & { flow: Flow }) {
  const manifests = useEditor((state) => state.manifests);
  const nameOf = nodeNames(flow, manifests);
  const offered = compensatingNodes(flow, manifests).filter(({ id }) => id !== node.id);
  const chosen = node.compensate;
  const data = offered.map(({ id }) => ({ value: id, label: nameOf(id) }));
  if (chosen !== undefined && !offered.some(({ id }) => id === chosen)) data.push({ value: chosen, label: chosen });
  return (
    <section className="cd-section">
      <Select
        label={texts.title}
        description={data.length > 0 ? texts.hint : texts.none}
        id="field-compensate"
        placeholder={texts.nothing}
        data={data}
        value={chosen ?? null}
        clearable
        searchable={data.length > 8}
        disabled={locked || data.length === 0}
        error={errorAt('/compensate')}
        onChange={(value) => set({ compensate: value }, 'compensate')}
      />
    </section>
  );
}

/** Of an action that undoes others: which, and what it is given. */
export function UndoesNote({ nodeId, flow }: { nodeId: string; flow: Flow }) {
  const manifests = useEditor((state) => state.manifests);
  const nameOf = nodeNames(flow, manifests);
  const undoes = flow.nodes.filter(({ compensate }) => compensate === nodeId).map(({ id }) => nameOf(id));
  return <p className="cd-note">{texts.undoes(undoes)}</p>;
}

function nodeNames(flow: Flow, manifests: Manifests): (id: string) => string {
  return (id) => {
    const named = flow.nodes.find((each) => each.id === id);
    return named?.name || (named && manifests.get(named.type)?.title) || id;
  };
}
