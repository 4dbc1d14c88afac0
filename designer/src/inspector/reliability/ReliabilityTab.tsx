import type { FlowNode, NodeManifest } from '@crossdock/flow-model';
import { Radio, Stack } from '@mantine/core';
import { issuesAt, useChange, useEditor, useEditorContext } from '../../editor/store/editor-context.tsx';
import { inspectorTexts } from '../../texts/index.ts';
import { DurationInput } from '../../ui/index.ts';
import { CompensateSection, UndoesNote } from './CompensateSection.tsx';
import { DoubtSection } from './DoubtSection.tsx';
import { RemoteSection } from './RemoteSection.tsx';
import { RetrySection } from './RetrySection.tsx';
import { ON_ERROR, reliabilityOf, timeoutOf } from './reliability-of.ts';
import type { ReliabilityProps } from './reliability-props.ts';

const texts = inspectorTexts.reliability;

/** What a node does when its work fails, may have been done, or must be undone; only what means something for its type. */
export function ReliabilityTab({
  node,
  index,
  manifest,
  locked,
}: {
  node: FlowNode;
  /** Its place in the document, for its issues. */
  index: number;
  manifest: NodeManifest | undefined;
  locked: boolean;
}) {
  const { issues } = useEditorContext();
  const flow = useEditor((state) => state.flow);
  const change = useChange();
  if (manifest?.kind === 'trigger') return <p className="cd-dim">{texts.trigger}</p>;

  const props: ReliabilityProps = {
    node,
    manifest,
    locked,
    set: (patch, what) => change({ kind: 'updateNode', nodeId: node.id, patch }, `${what}:${node.id}`),
    errorAt: (pointer) => issuesAt(issues, `/nodes/${index}${pointer}`)[0]?.message,
  };
  const has = reliabilityOf(node, manifest);
  const undoesOthers = flow.nodes.some(({ compensate }) => compensate === node.id);
  return (
    <Stack gap="lg">
      {undoesOthers && <UndoesNote nodeId={node.id} flow={flow} />}
      {has.retry && <RetrySection {...props} />}
      {has.timeout && (
        <DurationInput
          label={texts.timeout}
          id="field-timeoutMs"
          value={node.timeoutMs}
          {...timeoutOf(manifest)}
          disabled={locked}
          error={props.errorAt('/timeoutMs')}
          onChange={(ms) => props.set({ timeoutMs: ms ?? null }, 'timeoutMs')}
        />
      )}
      <Radio.Group
        label={texts.onErrorTitle}
        value={node.onError ?? 'stop'}
        error={props.errorAt('/onError')}
        onChange={(value) =>
          props.set({ onError: value === 'stop' ? null : (value as NonNullable<FlowNode['onError']>) }, 'onError')
        }
      >
        <Stack gap={8} mt={6}>
          {ON_ERROR.map((value) => (
            <Radio
              key={value}
              value={value}
              size="xs"
              label={texts.onError[value]}
              description={texts.onErrorHint[value]}
              disabled={locked}
            />
          ))}
        </Stack>
      </Radio.Group>
      {has.remote && <RemoteSection {...props} />}
      {has.doubt && <DoubtSection {...props} />}
      {has.compensate && !undoesOthers && <CompensateSection {...props} flow={flow} />}
    </Stack>
  );
}
