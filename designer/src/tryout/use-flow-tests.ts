import type { FlowTestResult } from '@crossdock/api-contract';
import type { FlowTest } from '@crossdock/flow-model';
import { useState } from 'react';
import { useRunTests } from '../api/index.ts';
import { useEditor, useEditorContext } from '../editor/store/editor-context.tsx';
import { tryoutTexts } from '../texts/index.ts';

/** The tests of the open flow as they were run last. */
export interface FlowTestRuns {
  readonly isRunning: boolean;
  readonly error: unknown;
  /** Those named, or all. */
  run(names?: string[]): Promise<void>;
  /** Nothing for a test that was not run since it, or the flow, was changed. */
  resultOf(name: string): FlowTestResult | undefined;
}

interface Ran {
  readonly result: FlowTestResult;
  readonly of: readonly unknown[];
}

/** Runs tests of the draft after it was saved; results go once what they tell of has changed. */
export function useFlowTests(): FlowTestRuns {
  const { store, saver } = useEditorContext();
  const flow = useEditor((state) => state.flow);
  const runTests = useRunTests(flow.id);
  const [ran, setRan] = useState<ReadonlyMap<string, Ran>>(new Map());
  const [error, setError] = useState<unknown>();
  const meaningOf = ({ nodes, edges, settings, samples, tests }: typeof flow, name: string) => [
    ...[nodes, edges, settings, samples],
    tests?.find((test: FlowTest) => test.name === name),
  ];
  return {
    isRunning: runTests.isPending,
    error,
    async run(names) {
      setError(undefined);
      try {
        if (!(await saver.flush())) throw new Error(tryoutTexts.tests.unsaved);
        const tried = store.getState().flow;
        const results = await runTests.mutateAsync(names);
        const fresh = results.map((result) => [result.name, { result, of: meaningOf(tried, result.name) }] as const);
        setRan((before) => new Map([...before, ...fresh]));
      } catch (thrown) {
        setError(thrown);
      }
    },
    resultOf(name) {
      const known = ran.get(name);
      const now = meaningOf(flow, name);
      return known?.of.every((part, index) => part === now[index]) ? known.result : undefined;
    },
  };
}
