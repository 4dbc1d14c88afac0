import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { uiTexts } from '../texts/index.ts';
import classes from './CopyId.module.css';
import { copyText } from './clipboard.ts';

const SHOWN_MS = 1_500;

/** An identifier that copies on click. `shown` may be a shorter form of `value`; `what` names it for the label. */
export function CopyId({ value, shown = value, what }: { value: string; shown?: string; what: string }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  const Icon = copied ? IconCheck : IconCopy;
  return (
    <button
      type="button"
      className={classes.id}
      title={value}
      aria-label={`${uiTexts.copy(what)}: ${shown}`}
      data-copied={copied || undefined}
      onClick={async (event) => {
        event.stopPropagation();
        setCopied(await copyText(value));
      }}
    >
      <span>{shown}</span>
      <Icon size={12} aria-hidden />
    </button>
  );
}
