import type { Environment } from '@crossdock/api-contract';
import { Button } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { uiTexts } from '../texts/index.ts';
import { Dialog } from './Dialog.tsx';
import classes from './FormDialog.module.css';
import { ProblemNote } from './ProblemNote.tsx';

/** A dialog around a small form: Enter submits, a refusal shows inside, nothing is lost by it. */
export function FormDialog({
  opened = true,
  title,
  submit,
  busy = false,
  error,
  disabled = false,
  onSubmit,
  onClose,
  size = 460,
  tone = 'accent',
  environment,
  aside,
  children,
}: {
  opened?: boolean;
  title: string;
  /** The button's verb. */
  submit: string;
  busy?: boolean;
  error?: unknown;
  disabled?: boolean;
  onSubmit: () => void;
  onClose: () => void;
  size?: number;
  /** `red` for what takes something away or may do it twice. */
  tone?: 'accent' | 'red';
  /** The environment it touches: its colour marks the dialog. */
  environment?: Pick<Environment, 'tone'> | undefined;
  /** What else can be done, at the other end of the buttons. */
  aside?: ReactNode;
  children: ReactNode;
}) {
  return (
    <Dialog opened={opened} onClose={onClose} title={title} size={size}>
      <form
        className={classes.form}
        data-tone={environment?.tone}
        noValidate
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          // Portals bubble through React's tree: a dialog inside a form must not submit that too.
          event.stopPropagation();
          onSubmit();
        }}
      >
        {children}
        {error != null && <ProblemNote error={error} />}
        <div className={classes.buttons}>
          {aside && <div className={classes.aside}>{aside}</div>}
          <Button variant="default" onClick={onClose}>
            {uiTexts.cancel}
          </Button>
          <Button type="submit" loading={busy} disabled={disabled} {...(tone === 'red' ? { color: 'red' } : {})}>
            {submit}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
