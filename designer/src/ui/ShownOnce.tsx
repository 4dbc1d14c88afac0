import { Button, TextInput } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { copyText } from './clipboard.ts';
import { Dialog } from './Dialog.tsx';
import { notifyDone } from './notify.tsx';
import classes from './ShownOnce.module.css';

/** A secret at the one time that it is shown. Closes by its button alone: a click beside it must not lose the only sight of it. */
export function ShownOnce({
  title,
  hint,
  label,
  value,
  texts,
  onClose,
}: {
  title: string;
  hint: ReactNode;
  /** Names the field. */
  label: string;
  value: string;
  texts: { copy: string; copied: string; done: string };
  onClose: () => void;
}) {
  return (
    <Dialog
      opened
      onClose={onClose}
      title={title}
      size={680}
      closeOnClickOutside={false}
      closeOnEscape={false}
      withCloseButton={false}
    >
      <div className={classes.once}>
        <p>{hint}</p>
        <div className={classes.secret}>
          <TextInput
            label={label}
            value={value}
            readOnly
            className={classes.value}
            onFocus={(event) => event.currentTarget.select()}
          />
          <Button
            leftSection={<IconCopy size={16} aria-hidden />}
            onClick={async () => {
              if (await copyText(value)) notifyDone(texts.copied);
            }}
          >
            {texts.copy}
          </Button>
        </div>
        <Button variant="default" onClick={onClose}>
          {texts.done}
        </Button>
      </div>
    </Dialog>
  );
}
