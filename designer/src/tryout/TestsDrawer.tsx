import { Button, Switch } from '@mantine/core';
import { IconChecklist, IconPlayerPlay, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { chosenSample, useChange, useEditor } from '../editor/store/editor-context.tsx';
import { tryoutTexts } from '../texts/index.ts';
import { EmptyState, ProblemNote, SideDrawer } from '../ui/index.ts';
import { TestDialog } from './TestDialog.tsx';
import { TestRow } from './TestRow.tsx';
import './tryout.css';
import type { FlowTestRuns } from './use-flow-tests.ts';

const texts = tryoutTexts.tests;

/** The tests of the flow: run them, see what differs, take what was got, and say whether they gate publishing. */
export function TestsDrawer({ opened, runs, onClose }: { opened: boolean; runs: FlowTestRuns; onClose: () => void }) {
  const tests = useEditor((state) => state.flow.tests) ?? [];
  const settings = useEditor((state) => state.flow.settings);
  const locked = useEditor((state) => state.readOnly);
  const change = useChange();
  const sample = useEditor(chosenSample);
  const [isAdding, setAdding] = useState(false);
  const setGate = (isGate: boolean) => {
    const { testsGate: _before, ...others } = settings ?? {};
    const next = isGate ? { ...others, testsGate: 'publish' as const } : others;
    change({ kind: 'setSettings', settings: Object.keys(next).length > 0 ? next : undefined });
  };
  const results = tests.flatMap(({ name }) => runs.resultOf(name) ?? []);
  const failed = results.filter(({ passed }) => !passed).length;
  return (
    <SideDrawer opened={opened} onClose={onClose} size={620} title={texts.title}>
      {tests.length === 0 ? (
        <EmptyState icon={IconChecklist} title={texts.none} detail={texts.noneHint} />
      ) : (
        <>
          <div className="cd-tests-head">
            <span role="status">
              {runs.isRunning
                ? texts.running
                : results.length === 0
                  ? texts.notRun
                  : texts.sums(results.length - failed, failed)}
            </span>
            <Button
              leftSection={<IconPlayerPlay size={16} stroke={1.5} aria-hidden />}
              loading={runs.isRunning}
              disabled={locked}
              onClick={() => void runs.run()}
            >
              {texts.runAll}
            </Button>
          </div>
          {runs.error ? <ProblemNote error={runs.error} /> : null}
          <ul className="cd-tests">
            {tests.map((test, index) => (
              // Names may repeat in a file made by hand; the place is the identity.
              <TestRow key={`test-${index + 1}`} test={test} index={index} runs={runs} onShown={onClose} />
            ))}
          </ul>
        </>
      )}
      <Button
        variant="subtle"
        size="compact-xs"
        className="cd-test-add"
        leftSection={<IconPlus size={14} stroke={1.5} aria-hidden />}
        disabled={locked}
        onClick={() => setAdding(true)}
      >
        {tryoutTexts.dialog.add}
      </Button>
      {isAdding ? (
        <TestDialog
          test={{
            name: tryoutTexts.dialog.newName(tests.length + 1),
            ...(sample ? { sample: sample.name } : { payload: {} }),
            expect: { status: 'succeeded' },
          }}
          isNew
          onSave={(test) => {
            change({ kind: 'addTest', test });
            setAdding(false);
          }}
          onClose={() => setAdding(false)}
        />
      ) : null}
      <Switch
        label={texts.gate}
        description={texts.gateHint}
        checked={settings?.testsGate === 'publish'}
        disabled={locked}
        onChange={(event) => setGate(event.currentTarget.checked)}
      />
    </SideDrawer>
  );
}
