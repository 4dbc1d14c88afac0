import type { FlowNode } from '@crossdock/flow-model';
import type { MappingShapes, Span } from '@crossdock/mapping';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useEditor } from '../editor/store/editor-context.tsx';
import { boardTexts, mapperTexts } from '../texts/index.ts';
import { MapperBoard } from './board/MapperBoard.tsx';
import { SampleChoice } from './SampleChoice.tsx';
import { TargetDialog } from './TargetDialog.tsx';
import { useSampleResults } from './use-sample-results.ts';

/** The lines of a node's mapping, with what they give for the samples of the flow. */
export function LinesPane(props: {
  node: FlowNode;
  source: string;
  shapes: MappingShapes | undefined;
  readOnly: boolean;
  /** What it is to make can be said, and is kept with the flow. */
  isDescribed: boolean;
  onChange: (source: string) => void;
  onReveal: (position: number) => void;
  /** The texts of what the pointer is on. */
  onLight: (texts: readonly Span[]) => void;
  onAddSample: () => void;
}) {
  const { node, source } = props;
  const { input, chosen, results, before } = useSampleResults(node.id, source);
  const target = useEditor((state) => (props.isDescribed ? state.flow.layout?.targets?.[node.id] : undefined));
  const change = useEditor((state) => state.change);
  const [isDescribing, setDescribing] = useState(false);
  return (
    <div className="cd-mapping-lines">
      <MapperBoard
        source={source}
        shapes={props.shapes}
        input={input}
        chosen={chosen}
        results={results}
        before={before}
        readOnly={props.readOnly}
        onChange={props.onChange}
        onReveal={props.onReveal}
        onLight={props.onLight}
        onDescribe={props.readOnly || !props.isDescribed ? undefined : () => setDescribing(true)}
        isDescribed={target !== undefined}
        sampleChoice={<SampleChoice />}
        noSource={
          <>
            <p>{boardTexts.noSource}</p>
            <Button size="compact-xs" variant="light" onClick={props.onAddSample} disabled={props.readOnly}>
              {mapperTexts.addSample}
            </Button>
          </>
        }
      />
      {isDescribing ? (
        <TargetDialog
          target={target}
          onSave={(said) => {
            setDescribing(false);
            change({ kind: 'setTarget', nodeId: node.id, target: said });
          }}
          onClose={() => setDescribing(false)}
        />
      ) : null}
    </div>
  );
}
