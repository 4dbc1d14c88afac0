import { Alert, Button } from '@mantine/core';
import { IconShieldLock } from '@tabler/icons-react';
import { connectionTexts } from '../texts/index.ts';
import { RelativeTime } from '../ui/index.ts';
import { CredentialEntry } from './CredentialEntry.tsx';
import type { ConnectionDraft, CredentialRow } from './connection-draft.ts';
import classes from './connections.module.css';

const t = connectionTexts;

/** Credentials: masked where they are set, with a way to replace them; typed where they are not. None is ever shown. */
export function CredentialFields({
  rows,
  draft,
  movedTo,
  mayWrite,
  missing,
  onCheck,
  onChange,
}: {
  rows: readonly CredentialRow[];
  draft: ConnectionDraft;
  /** Hosts that what is set was not entered for. */
  movedTo: readonly string[];
  mayWrite: boolean;
  /** Saving was tried without these. */
  missing: readonly CredentialRow[];
  /** Tries them out; undefined where they are checked, or cannot be. */
  onCheck: (() => void) | undefined;
  onChange: (credentials: ConnectionDraft['credentials']) => void;
}) {
  if (rows.length === 0) return null;
  const set = (name: string, value: string | null) => onChange({ ...draft.credentials, [name]: value });
  const leave = (name: string) =>
    onChange(Object.fromEntries(Object.entries(draft.credentials).filter(([other]) => other !== name)));
  return (
    <fieldset className={classes.credentials}>
      <legend>{t.credentials}</legend>
      <p className="cd-dim">{t.credentialsHint}</p>
      {movedTo.length > 0 && (
        <Alert color="yellow" icon={<IconShieldLock size={16} aria-hidden />}>
          {t.enterAgain(movedTo.join(', '))}
        </Alert>
      )}
      {rows.map((row) =>
        row.state === 'kept' || row.state === 'removed' || !mayWrite ? (
          <SetCredential
            key={row.name}
            row={row}
            mayWrite={mayWrite}
            onReplace={() => set(row.name, '')}
            onRemove={() => set(row.name, null)}
            onKeep={() => leave(row.name)}
          />
        ) : (
          <CredentialEntry
            key={row.name}
            row={row}
            value={draft.credentials[row.name] ?? ''}
            missing={missing.includes(row)}
            onChange={(value) => set(row.name, value)}
            onKeep={
              row.changedAt !== null && row.state === 'entered' && movedTo.length === 0
                ? () => leave(row.name)
                : undefined
            }
          />
        ),
      )}
      {onCheck && (
        <div className={classes.offer}>
          <span className={classes.warn}>{t.unchecked}</span>
          <Button variant="default" size="compact-sm" onClick={onCheck}>
            {t.checkNow}
          </Button>
        </div>
      )}
    </fieldset>
  );
}

function SetCredential({
  row: { title, state, changedAt, changedBy, isNeeded },
  mayWrite,
  onReplace,
  onRemove,
  onKeep,
}: {
  row: CredentialRow;
  mayWrite: boolean;
  onReplace: () => void;
  onRemove: () => void;
  onKeep: () => void;
}) {
  return (
    <div className={classes.kept}>
      <span className={classes.keptTitle}>{title}</span>
      <span className={classes.keptState}>
        {state === 'removed' ? (
          <span className={classes.warn}>{t.willBeRemoved}</span>
        ) : changedAt === null ? (
          <span className={isNeeded ? classes.warn : 'cd-dim'}>{t.notSet}</span>
        ) : (
          <>
            <span className={classes.dots} aria-hidden>
              ••••••••
            </span>
            <span className="cd-dim">
              {t.setAt} <RelativeTime iso={changedAt} /> {changedBy === null ? '' : t.by(changedBy)}
            </span>
          </>
        )}
      </span>
      {mayWrite && (
        <span className={classes.keptActions}>
          {state === 'removed' ? (
            <Button variant="default" size="compact-sm" onClick={onKeep}>
              {t.keep}
            </Button>
          ) : (
            <>
              <Button variant="default" size="compact-sm" aria-label={t.replaceOf(title)} onClick={onReplace}>
                {t.replace}
              </Button>
              {!isNeeded && (
                <Button
                  variant="subtle"
                  color="red"
                  size="compact-sm"
                  aria-label={t.removeOf(title)}
                  onClick={onRemove}
                >
                  {t.remove}
                </Button>
              )}
            </>
          )}
        </span>
      )}
    </div>
  );
}
