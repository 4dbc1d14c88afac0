import type { Environment } from '@crossdock/api-contract';
import { Button, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { uiTexts } from '../texts/index.ts';
import classes from './confirm.module.css';
import { showDialog } from './Dialog.tsx';
import { ProblemNote } from './ProblemNote.tsx';

export interface Confirmation {
  title: string;
  /** What will happen, with names and counts; never "are you sure". */
  effect: ReactNode;
  /** The button: a verb. */
  verb: string;
  /** The other button, where "Cancel" would be misread. */
  dismiss?: string;
  /** `red` for what takes something away. */
  tone?: 'accent' | 'red';
  /** The environment it touches: its colour marks the dialog. */
  environment?: Pick<Environment, 'name' | 'tone'>;
  /** A word that must be typed first. */
  typed?: string;
  /** Does it. The dialog shows the progress and, when it is refused, why; it closes once done. */
  run: () => Promise<unknown>;
  /** Told when the dialog is gone, done or not. */
  onClose?: () => void;
}

/** Asks before something with an effect, and then does it. */
export function askToConfirm(confirmation: Confirmation): void {
  showDialog({
    title: confirmation.title,
    size: 480,
    onClose: () => confirmation.onClose?.(),
    children: (close) => <ConfirmBody {...confirmation} close={close} />,
  });
}

function ConfirmBody({
  effect,
  verb,
  dismiss = uiTexts.cancel,
  tone = 'accent',
  environment,
  typed,
  run,
  close,
}: Confirmation & { close: () => void }) {
  const [word, setWord] = useState('');
  const [state, setState] = useState<{ running: boolean; error?: unknown }>({ running: false });
  const ready = typed === undefined || word.trim() === typed;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    setState({ running: true });
    try {
      await run();
      close();
    } catch (error) {
      setState({ running: false, error });
    }
  };
  return (
    <form onSubmit={submit} className={classes.body} data-tone={environment?.tone}>
      <div className={classes.effect}>{effect}</div>
      {typed !== undefined && (
        <TextInput
          label={uiTexts.confirm.typeToConfirm(typed)}
          value={word}
          onChange={(event) => setWord(event.currentTarget.value)}
          autoComplete="off"
          spellCheck={false}
          data-autofocus
        />
      )}
      {state.error !== undefined && <ProblemNote error={state.error} />}
      <div className={classes.buttons}>
        <Button variant="default" onClick={close}>
          {dismiss}
        </Button>
        <Button
          type="submit"
          disabled={!ready}
          loading={state.running}
          {...(tone === 'red' ? { color: 'red' } : {})}
          {...(typed === undefined ? { 'data-autofocus': true } : {})}
        >
          {verb}
        </Button>
      </div>
    </form>
  );
}
