import type { FlowTestResult } from '@crossdock/api-contract';
import type { FlowTest } from '@crossdock/flow-model';
import { acceptOutcome } from '@crossdock/flow-tests';
import { ActionIcon, Button, TextInput, Tooltip } from '@mantine/core';
import {
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconPencil,
  IconPlayerPlay,
  IconTrash,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useChange, useEditor } from '../editor/store/editor-context.tsx';
import { tryoutTexts } from '../texts/index.ts';
import { notifyDone } from '../ui/index.ts';
import { Differences } from './Differences.tsx';
import { TestDialog } from './TestDialog.tsx';
import type { FlowTestRuns } from './use-flow-tests.ts';
import { useTryOut } from './use-try-out.ts';

const texts = tryoutTexts.tests;
const icon = { size: 16, stroke: 1.5, 'aria-hidden': true } as const;

/** One test: how it stands, its name, and below it, where it fails, what differs. */
export function TestRow({
  test,
  index,
  runs,
  onShown,
}: {
  test: FlowTest;
  index: number;
  runs: FlowTestRuns;
  /** Its run is on the canvas. */
  onShown: () => void;
}) {
  const locked = useEditor((state) => state.readOnly);
  const change = useChange();
  const [isOpen, setOpen] = useState(false);
  const { runTest, isRunning } = useTryOut();
  const result = runs.resultOf(test.name);
  const update = (next: FlowTest) => change({ kind: 'updateTest', index, test: next });
  const accept = () => {
    if (!result?.got) return;
    update(acceptOutcome(test, result.got));
    notifyDone(texts.accepted(test.name));
  };
  return (
    <li data-testid="flow-test">
      <div className="cd-test-row">
        <TestState result={result} />
        <TestName test={test} locked={locked} onRename={(name) => update({ ...test, name })} />
        <Tooltip label={texts.run(test.name)}>
          <ActionIcon
            aria-label={texts.run(test.name)}
            disabled={locked || runs.isRunning}
            onClick={() => void runs.run([test.name])}
          >
            <IconPlayerPlay {...icon} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={tryoutTexts.dialog.editTest(test.name)}>
          <ActionIcon
            aria-label={tryoutTexts.dialog.editTest(test.name)}
            disabled={locked}
            onClick={() => setOpen(true)}
          >
            <IconPencil {...icon} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={texts.remove(test.name)}>
          <ActionIcon
            aria-label={texts.remove(test.name)}
            disabled={locked}
            onClick={() => change({ kind: 'removeTest', index })}
          >
            <IconTrash {...icon} />
          </ActionIcon>
        </Tooltip>
      </div>
      {isOpen ? (
        <TestDialog
          test={test}
          isNew={false}
          onSave={(next) => {
            update(next);
            setOpen(false);
          }}
          onClose={() => setOpen(false)}
        />
      ) : null}
      {result && !result.passed ? (
        <section className="cd-test-differences" aria-label={texts.details(test.name)}>
          {result.problem === undefined ? (
            <Differences test={test} differences={result.differences} locked={locked} onChange={update} />
          ) : (
            <p>{result.problem}</p>
          )}
          <div className="cd-test-actions">
            <Button
              size="compact-xs"
              variant="default"
              loading={isRunning}
              onClick={() => void runTest(test.name).then((run) => run && onShown())}
            >
              {texts.show}
            </Button>
            {result.got ? (
              <Button size="compact-xs" variant="default" title={texts.acceptHint} disabled={locked} onClick={accept}>
                {texts.accept}
              </Button>
            ) : null}
          </div>
        </section>
      ) : null}
    </li>
  );
}

function TestState({ result }: { result: FlowTestResult | undefined }) {
  if (!result)
    return (
      <span className="cd-test-state" role="img" aria-label={texts.notRun} title={texts.notRun}>
        <IconCircleDashed {...icon} />
      </span>
    );
  const Icon = result.passed ? IconCircleCheck : IconCircleX;
  return (
    <span className="cd-test-state" data-state={result.passed ? 'passed' : 'failed'}>
      <Icon {...icon} /> {result.passed ? texts.passed : texts.failed}
    </span>
  );
}

/** Taken over when the field is left, so that a name half typed is none. */
function TestName({ test, locked, onRename }: { test: FlowTest; locked: boolean; onRename: (name: string) => void }) {
  const [typed, setTyped] = useState<string>();
  const take = () => {
    const name = typed?.trim();
    setTyped(undefined);
    if (name && name !== test.name) onRename(name);
  };
  return (
    <TextInput
      className="cd-test-name"
      size="xs"
      variant="unstyled"
      aria-label={texts.rename(test.name)}
      title={test.name}
      value={typed ?? test.name}
      maxLength={200}
      readOnly={locked}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key === 'Enter') take();
      }}
    />
  );
}
