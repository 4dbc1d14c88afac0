import { diffFlows, mergeFlows, type Side, serialiseFlow } from '@crossdock/flow-model';
import { Button, Group, Stack } from '@mantine/core';
import { useMemo, useState } from 'react';
import { ChangeList } from '../deployments/ChangeList.tsx';
import { editorTexts } from '../texts/index.ts';
import { Dialog, saveFile } from '../ui/index.ts';
import { ConflictChoice } from './ConflictChoice.tsx';
import classes from './ConflictDialog.module.css';
import { useEditor, useEditorContext } from './store/editor-context.tsx';
import type { SaveState } from './store/editor-store.ts';

const texts = editorTexts.conflict;

/** Opens when someone else saved the flow meanwhile; until one way is chosen nothing is saved and nothing is lost. */
export function ConflictDialog() {
  const save = useEditor((state) => state.save);
  const [hiddenFor, setHiddenFor] = useState<unknown>();
  if (save.kind !== 'conflict') return null;
  return (
    <>
      <Button variant="light" color="red" onClick={() => setHiddenFor(undefined)}>
        {texts.choose}
      </Button>
      <Dialog
        opened={hiddenFor !== save}
        onClose={() => setHiddenFor(save)}
        title={texts.title(save.theirs.updatedBy)}
        size={860}
      >
        <Merge theirs={save.theirs} />
      </Dialog>
    </>
  );
}

type Theirs = Extract<SaveState, { kind: 'conflict' }>['theirs'];

/** Both sides' changes since the state they began with, and a choice for each thing that both changed. */
function Merge({ theirs }: { theirs: Theirs }) {
  const { store, saver } = useEditorContext();
  const mine = useEditor((state) => state.flow);
  const base = useEditor((state) => state.savedFlow);
  const [choices, setChoices] = useState<Record<string, Side>>({});
  const who = theirs.updatedBy;
  const versions = useMemo(() => ({ base, mine, theirs: theirs.flow }), [base, mine, theirs]);
  const { flow, conflicts, renamed } = useMemo(() => mergeFlows(versions, choices), [versions, choices]);
  const open = conflicts.filter(({ id }) => choices[id] === undefined);
  return (
    <Stack gap="md">
      <p className={classes.lead}>{conflicts.length === 0 ? texts.clean : texts.clashes(conflicts.length)}</p>
      {conflicts.map((conflict) => (
        <ConflictChoice
          key={conflict.id}
          conflict={conflict}
          versions={versions}
          who={who}
          chosen={choices[conflict.id]}
          onChoose={(side) => setChoices({ ...choices, [conflict.id]: side })}
        />
      ))}
      {renamed.map(({ kind, from, to }) => (
        <p key={`${kind} ${from}`} className={classes.lead}>
          {texts.renamed(from, to)}
        </p>
      ))}
      <div className={classes.sides}>
        <section aria-label={texts.theirChanges(who)}>
          <h3>{texts.theirChanges(who)}</h3>
          <ChangeList diff={diffFlows(base, theirs.flow)} />
        </section>
        <section aria-label={texts.myChanges}>
          <h3>{texts.myChanges}</h3>
          <ChangeList diff={diffFlows(base, mine)} />
        </section>
      </div>
      <Group className={classes.footer} gap="xs">
        <span className="cd-dim">{texts.undoHint}</span>
        <Button variant="subtle" onClick={() => saveFile(`${mine.id}.flow.json`, serialiseFlow(mine))}>
          {texts.export}
        </Button>
        <Button variant="default" onClick={() => void saver.settle(theirs.flow)}>
          {texts.onlyTheirs}
        </Button>
        <Button variant="default" onClick={() => void saver.settle(store.getState().flow)}>
          {texts.onlyMine}
        </Button>
        <Button disabled={open.length > 0} onClick={() => void saver.settle(flow)}>
          {texts.merge}
        </Button>
      </Group>
    </Stack>
  );
}
