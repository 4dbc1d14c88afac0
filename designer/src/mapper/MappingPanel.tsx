import type { FlowNode } from '@crossdock/flow-model';
import { checkMapping, type MappingShapes, type Span } from '@crossdock/mapping';
import { Button } from '@mantine/core';
import { IconAlertTriangle, IconArrowsRightLeft } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useVariables } from '../api/index.ts';
import { useEnvironment } from '../app/use-environment.ts';
import { CodeEditor } from '../code/index.ts';
import { chosenSample, useEditor } from '../editor/store/editor-context.tsx';
import type { KnownInput } from '../editor/store/known-input.ts';
import { mapperTexts } from '../texts/index.ts';
import { JsonTree } from '../ui/index.ts';
import { LinesPane } from './LinesPane.tsx';
import type { Output } from './live-output.ts';
import './mapper.css';
import { SampleChoice } from './SampleChoice.tsx';
import { sampleOutput } from './sample-output.ts';

const EVALUATE_AFTER_MS = 200;
/** From then on the output before gives way to a word that this one is worked on. */
const SLOW_MS = 400;

/** A node's mapping with what arrives and what it makes of it, evaluated here by the very code that the runtime uses. */
export function MappingPanel(props: {
  node: FlowNode;
  source: string;
  shapes: MappingShapes | undefined;
  readOnly: boolean;
  /** What it is to make can be said, and is kept with the flow. */
  isDescribed: boolean;
  /** There is room for the lines. */
  wide: boolean;
  onWide: () => void;
  reveal: { position: number | undefined } | undefined;
  /** `isLine`: by a line, which is undone by itself. */
  onChange: (source: string, isLine?: true) => void;
  onAddSample: () => void;
}) {
  const { node, source } = props;
  const { input, output, isWorking, of } = useLiveOutput(node, source);
  const [shownAt, setShownAt] = useState<{ position: number }>();
  const [lit, setLit] = useState<readonly Span[]>();
  const problem = source === '' ? undefined : checkMapping(source);
  const failure = output && !output.ok && !output.syntax ? output : undefined;
  // What was wrong with the text before says nothing of this one.
  const marked = of === source ? failure : undefined;
  const shownProblem =
    problem ?? (marked?.position === undefined ? undefined : { ...marked, position: marked.position });
  return (
    <div className="cd-mapping" data-lines={props.wide || undefined}>
      {props.wide ? (
        <LinesPane
          node={node}
          source={source}
          shapes={props.shapes}
          readOnly={props.readOnly}
          isDescribed={props.isDescribed}
          onChange={(text) => props.onChange(text, true)}
          onReveal={(position) => setShownAt({ position })}
          onLight={setLit}
          onAddSample={props.onAddSample}
        />
      ) : (
        <div className="cd-mapping-open">
          <Button
            size="compact-sm"
            variant="light"
            leftSection={<IconArrowsRightLeft size={14} stroke={1.75} />}
            onClick={props.onWide}
          >
            {mapperTexts.openLines}
          </Button>
          <SampleChoice />
        </div>
      )}
      <div className="cd-mapping-editor">
        <CodeEditor
          testId="mapping-editor"
          language="jsonata"
          label={mapperTexts.editor}
          value={source}
          readOnly={props.readOnly}
          shapes={props.shapes}
          problem={shownProblem}
          reveal={shownAt ?? props.reveal}
          lit={lit}
          onChange={props.onChange}
        />
      </div>
      {props.wide ? null : (
        <div className="cd-mapping-pane cd-mapping-input">
          {input === undefined ? (
            <Empty name={mapperTexts.input} text={mapperTexts.noSample}>
              <Button size="compact-xs" variant="light" onClick={props.onAddSample} disabled={props.readOnly}>
                {mapperTexts.addSample}
              </Button>
            </Empty>
          ) : input.known ? (
            <JsonTree name={mapperTexts.input} value={input.input} />
          ) : (
            <Empty name={mapperTexts.input} text={mapperTexts.unknownInput} />
          )}
        </div>
      )}
      <div className="cd-mapping-pane cd-mapping-output" data-testid="mapping-output">
        {problem ? (
          <Failure title={mapperTexts.invalid} message={problem.message} source={source} position={problem.position} />
        ) : failure ? (
          <Failure title={mapperTexts.failed} message={failure.message} source={source} position={failure.position} />
        ) : output?.ok ? (
          <JsonTree name={mapperTexts.output} value={output.value} />
        ) : (
          <Empty name={mapperTexts.output} text={isWorking ? mapperTexts.working : ''} />
        )}
      </div>
    </div>
  );
}

interface LiveOutput {
  input?: KnownInput;
  output?: Output;
  /** The source that the output is of. */
  of?: string;
  isWorking?: true;
}

function useLiveOutput(node: FlowNode, source: string) {
  const flow = useEditor((state) => state.flow);
  const sample = useEditor(chosenSample);
  const shownRun = useEditor((state) => state.shownRun);
  const { environment } = useEnvironment();
  const vars = useVariables(environment.name).data;
  const [state, setState] = useState<LiveOutput>({});
  const nodeId = node.id;

  useEffect(() => {
    if (!sample) return setState({});
    let isCurrent = true;
    const timer = setTimeout(async () => {
      const slow = setTimeout(
        () => isCurrent && setState(({ input }) => ({ ...(input ? { input } : {}), isWorking: true })),
        SLOW_MS,
      );
      const at = { flow, nodeId, env: environment.name, vars: vars ?? {}, shownRun };
      const { input, output } = await sampleOutput(source, sample, at);
      clearTimeout(slow);
      if (isCurrent) setState({ input, of: source, ...(output ? { output } : {}) });
    }, EVALUATE_AFTER_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [flow, nodeId, sample, source, vars, shownRun, environment.name]);

  return state;
}

function Empty({ name, text, children }: { name: string; text: string; children?: React.ReactNode }) {
  return (
    <section className="cd-mapping-empty" aria-label={name}>
      <strong>{name}</strong>
      <p className="cd-dim">{text}</p>
      {children}
    </section>
  );
}

function Failure(props: { title: string; message: string; source: string; position: number | undefined }) {
  return (
    <section className="cd-mapping-empty" aria-label={mapperTexts.output}>
      <strong>{mapperTexts.output}</strong>
      <p className="cd-mapping-failure" role="alert">
        <IconAlertTriangle size={14} stroke={1.75} aria-hidden /> {props.title}: {props.message}
      </p>
      {props.position === undefined ? null : (
        <p className="cd-dim">
          {placeIn(props.source, props.position)}
          {props.source.startsWith('//', props.position) ? `. ${mapperTexts.comment}` : null}
        </p>
      )}
    </section>
  );
}

function placeIn(source: string, position: number): string {
  const before = source.slice(0, position).split('\n');
  return mapperTexts.position(before.length, (before.at(-1) ?? '').length + 1);
}
