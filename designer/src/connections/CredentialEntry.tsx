import { Button, PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { appTexts, connectionTexts } from '../texts/index.ts';
import type { CredentialRow } from './connection-draft.ts';
import classes from './connections.module.css';
import { GenerateSecret } from './GenerateSecret.tsx';

const t = connectionTexts;

/** A credential to be entered: typed, or made here where it is ours to choose. What was made is shown once and never again. */
export function CredentialEntry({
  row: { title, description, isNeeded, kinds, problem },
  value,
  missing,
  onChange,
  onKeep,
}: {
  row: CredentialRow;
  value: string;
  /** Saving was tried without it. */
  missing: boolean;
  onChange: (value: string) => void;
  /** Leaves what is set as it is; undefined where nothing is set. */
  onKeep: (() => void) | undefined;
}) {
  const [made, setMade] = useState<string>();
  if (made !== undefined && made === value)
    return (
      <div className={classes.kept}>
        <span className={classes.keptTitle}>{title}</span>
        <span className={classes.keptState}>
          <span className={classes.dots} aria-hidden>
            ••••••••
          </span>
          <span className="cd-dim">{t.generated}</span>
        </span>
        <span className={classes.keptActions}>
          <Button variant="default" size="compact-sm" aria-label={t.discardOf(title)} onClick={() => onChange('')}>
            {t.discard}
          </Button>
        </span>
      </div>
    );
  return (
    <div className={classes.entry}>
      <PasswordInput
        label={title}
        description={description}
        withAsterisk={isNeeded}
        aria-required={isNeeded}
        aria-invalid={problem !== undefined || missing}
        autoComplete="new-password"
        spellCheck={false}
        visibilityToggleButtonProps={{ 'aria-label': appTexts.signIn.showTyped }}
        value={value}
        error={problem ?? (missing && t.enter(title))}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <span className={classes.entryActions}>
        {kinds.length > 0 && (
          <GenerateSecret
            title={title}
            kinds={kinds}
            onMade={(secret) => {
              setMade(secret);
              onChange(secret);
            }}
          />
        )}
        {onKeep && (
          <Button variant="subtle" size="compact-xs" onClick={onKeep}>
            {t.keep}
          </Button>
        )}
      </span>
    </div>
  );
}
