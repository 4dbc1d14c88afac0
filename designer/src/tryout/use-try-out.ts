import type { TestRun } from '@crossdock/api-contract';
import type { Sample } from '@crossdock/flow-model';
import { errorOf, type TestRunAsked, useTestRun } from '../api/index.ts';
import { chosenSample, useEditor, useEditorContext } from '../editor/store/editor-context.tsx';
import type { ShownRun } from '../editor/store/editor-store.ts';
import { nodeNameOf } from '../editor/store/issues.ts';
import { editorTexts, tryoutTexts, uiTexts } from '../texts/index.ts';
import { formatDuration, notifyDone, notifyError } from '../ui/index.ts';
import { answersOfRun, fromNodeOn } from './answers-of-run.ts';

const texts = editorTexts.run;

/** The trigger's attempt, which costs nothing, and the first node's. */
const FIRST_STEP = 2;

/** Runs the draft on trial and lays what came of it over the canvas. Whoever has no sample yet is led to where one is added. */
export function useTryOut() {
  const { store, saver } = useEditorContext();
  const flowId = useEditor((state) => state.flow.id);
  const testRun = useTestRun(flowId);

  const show = async (name: string, asked: TestRunAsked): Promise<TestRun | undefined> => {
    try {
      if (!(await saver.flush())) {
        notifyError(new Error(texts.unsaved));
        return undefined;
      }
      const { flow, manifests, showRun } = store.getState();
      const run = await testRun.mutateAsync(asked);
      showRun({ run, flow, sampleName: name, asked });
      if (run.error) notifyError(errorOf(run.error), failedAt(nodeNameOf(run.error.nodeId, flow, manifests)));
      else if (run.next === undefined)
        notifyDone(texts.done(uiTexts.status[run.status].toLowerCase(), formatDuration(run.durationMs)));
      return run;
    } catch (error) {
      notifyError(error);
      return undefined;
    }
  };

  const onSample = (more: Pick<TestRunAsked, 'effects' | 'stopAfter'>): Promise<TestRun | undefined> | undefined => {
    const sample = chosenSample(store.getState());
    if (!sample) {
      store.getState().jumpTo(undefined, 'settings', '/samples', undefined);
      return undefined;
    }
    return show(sample.name, { ...inputOf(sample, more.effects), ...more });
  };

  /** The same again. Simulated, it gives the same by itself; real calls are not made twice, but for those of nodes in `but`. */
  const again = (
    { run, flow, sampleName, asked }: ShownRun,
    { stopAfter, but }: { stopAfter?: number; but?: ReadonlySet<string> } = {},
  ) => {
    const { stopAfter: _before, ...same } = asked;
    const made = same.effects === 'real' ? { answers: answersOfRun(flow, run, store.getState().manifests, but) } : {};
    return show(sampleName, { ...same, ...made, ...(stopAfter === undefined ? {} : { stopAfter }) });
  };

  return {
    isRunning: testRun.isPending,
    run: () => onSample({ effects: 'simulate' }),
    runReal: () => onSample({ effects: 'real' }),
    begin: (effects: 'simulate' | 'real' = 'simulate') => onSample({ effects, stopAfter: FIRST_STEP }),
    /** One attempt further. */
    step: (shown: ShownRun) => again(shown, { stopAfter: shown.run.spans.length + 1 }),
    toTheEnd: (shown: ShownRun) => again(shown),
    /** From this node on anew; those before keep what they gave. */
    runFrom: (shown: ShownRun, nodeId: string) => again(shown, { but: fromNodeOn(store.getState().flow, nodeId) }),
    runTest: (name: string) => show(tryoutTexts.testName(name), { test: name }),
  };
}

function inputOf({ payload, headers, answers }: Sample, effects: TestRunAsked['effects']): TestRunAsked {
  return {
    payload,
    ...(headers ? { headers } : {}),
    ...(answers && effects !== 'real' ? { answers } : {}),
  };
}

const failedAt = (node: string | undefined) => node && texts.failed(node);
