import type { Sample } from '@crossdock/flow-model';
import { type KeyboardEvent, type PointerEvent, useEffect, useState } from 'react';
import { selectedNode, useChange, useEditor } from '../editor/store/editor-context.tsx';
import { removeSelection } from '../editor/store/edits.ts';
import { inspectorTexts } from '../texts/index.ts';
import { EdgeInspector } from './EdgeInspector.tsx';
import { FlowSettings } from './FlowSettings.tsx';
import './inspector.css';
import { NodeInspector } from './NodeInspector.tsx';
import { SampleDialog } from './SampleDialog.tsx';
import { SelectionPanel } from './SelectionPanel.tsx';

const NARROWEST = 360;
const WIDEST = 560;
const STEP = 24;
const WIDTH_KEY = 'crossdock-inspector-width';

/** What is selected, to be read and changed: a node, an edge, several things, or the flow itself. */
export function Inspector({ runControl }: { runControl: React.ReactNode }) {
  const [width, setWidth] = useState(storedWidth);
  const [wide, setWide] = useState(false);
  const [sampleAt, setSampleAt] = useState<number | 'new'>();
  const node = useEditor(selectedNode);
  const isMapping = useEditor((state) => state.tab === 'mapping');
  const jump = useEditor((state) => state.jump);
  const hasSamples = useEditor((state) => (state.flow.samples ?? []).length > 0);
  useEffect(() => {
    // Whoever is sent to the samples of a flow that has none needs the first one.
    if (jump?.path === '/samples' && !hasSamples) setSampleAt('new');
  }, [jump, hasSamples]);
  const resize = (next: number) => {
    const clamped = Math.min(WIDEST, Math.max(NARROWEST, next));
    setWidth(clamped);
    storeWidth(clamped);
  };
  const isWide = wide && node !== undefined && isMapping;
  return (
    <aside
      className="cd-inspector"
      data-tour="inspector"
      data-wide={isWide || undefined}
      aria-label={inspectorTexts.label}
      style={isWide ? undefined : { width }}
    >
      <ResizeHandle width={width} onResize={resize} />
      <Content
        wide={isWide}
        onWide={setWide}
        onSample={(index) => setSampleAt(index ?? 'new')}
        runControl={runControl}
      />
      {sampleAt === undefined ? null : <SampleEditor at={sampleAt} onClose={() => setSampleAt(undefined)} />}
    </aside>
  );
}

function Content(props: {
  wide: boolean;
  onWide: (wide: boolean) => void;
  onSample: (index: number | undefined) => void;
  runControl: React.ReactNode;
}) {
  const flow = useEditor((state) => state.flow);
  const selection = useEditor((state) => state.selection);
  const change = useChange();
  const { nodeIds, edgeIds } = selection;
  const remove = () => {
    const removal = removeSelection(selection);
    if (removal) change(removal);
  };
  if (nodeIds.length + edgeIds.length > 1) return <SelectionPanel />;
  const index = flow.nodes.findIndex(({ id }) => id === nodeIds[0]);
  const node = flow.nodes[index];
  if (node)
    return (
      <NodeInspector
        node={node}
        index={index}
        wide={props.wide}
        onWide={props.onWide}
        onAddSample={() => props.onSample(undefined)}
        runControl={props.runControl}
      />
    );
  const edge = flow.edges.find(({ id }) => id === edgeIds[0]);
  if (edge) return <EdgeInspector edge={edge} flow={flow} onRemove={remove} />;
  return <FlowSettings onSample={props.onSample} />;
}

function SampleEditor({ at, onClose }: { at: number | 'new'; onClose: () => void }) {
  const samples = useEditor((state) => state.flow.samples) ?? [];
  const choose = useEditor((state) => state.chooseSample);
  const change = useChange();
  const save = (sample: Sample) => {
    change(at === 'new' ? { kind: 'addSample', sample } : { kind: 'updateSample', index: at, sample });
    choose(at === 'new' ? samples.length : at);
    onClose();
  };
  return (
    <SampleDialog
      sample={at === 'new' ? undefined : samples[at]}
      taken={samples.filter((_sample, index) => index !== at).map(({ name }) => name)}
      suggestedName={`Sample ${samples.length + 1}`}
      onSave={save}
      onClose={onClose}
    />
  );
}

function ResizeHandle({ width, onResize }: { width: number; onResize: (width: number) => void }) {
  const [start, setStart] = useState<{ x: number; width: number }>();
  return (
    <hr
      className="cd-inspector-resize"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={inspectorTexts.resize}
      aria-valuenow={width}
      aria-valuemin={NARROWEST}
      aria-valuemax={WIDEST}
      onPointerDown={(event: PointerEvent) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        setStart({ x: event.clientX, width });
      }}
      onPointerMove={(event: PointerEvent) => start && onResize(start.width + start.x - event.clientX)}
      onPointerUp={() => setStart(undefined)}
      onKeyDown={(event: KeyboardEvent) => {
        if (event.key === 'ArrowLeft') onResize(width + STEP);
        if (event.key === 'ArrowRight') onResize(width - STEP);
      }}
    />
  );
}

function storedWidth(): number {
  try {
    const stored = Number(localStorage.getItem(WIDTH_KEY));
    return stored >= NARROWEST && stored <= WIDEST ? stored : 440;
  } catch {
    // Storage can be switched off by policy.
    return 440;
  }
}

function storeWidth(width: number): void {
  try {
    localStorage.setItem(WIDTH_KEY, String(width));
  } catch {
    // The width then lasts as long as the page.
  }
}
