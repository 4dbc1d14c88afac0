import { Button } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { uiTexts } from '../texts/index.ts';
import classes from './CopyBlock.module.css';
import { copyText } from './clipboard.ts';
import { notifyDone } from './notify.tsx';

/** A text to be taken elsewhere, such as an address or a command line, with a button that copies it. */
export function CopyBlock({ label, text }: { label: string; text: string }) {
  return (
    <div className={classes.block}>
      <div className={classes.head}>
        <strong>{label}</strong>
        <Button
          size="compact-xs"
          variant="subtle"
          aria-label={uiTexts.copy(label)}
          leftSection={<IconCopy size={14} stroke={1.5} />}
          onClick={() => void copyText(text).then((done) => done && notifyDone(uiTexts.copied))}
        >
          {uiTexts.copyShort}
        </Button>
      </div>
      <pre>{text}</pre>
    </div>
  );
}
