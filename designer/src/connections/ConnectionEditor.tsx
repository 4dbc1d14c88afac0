import type { Connection, ConnectionCheck, Environment } from '@crossdock/api-contract';
import type { ConnectionManifest } from '@crossdock/connector-sdk';
import { connectionTypesByName } from '@crossdock/connectors/manifests';
import { Button } from '@mantine/core';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useCheckConnection, useCreateConnection, useMay, useUpdateConnection } from '../api/index.ts';
import { ConfigForm } from '../inspector/form/ConfigForm.tsx';
import { connectionTexts } from '../texts/index.ts';
import { askToConfirm, ErrorState, notifyDone, ProblemNote } from '../ui/index.ts';
import { CheckResult } from './CheckResult.tsx';
import { ConnectionFoot } from './ConnectionFoot.tsx';
import { CredentialFields } from './CredentialFields.tsx';
import {
  addedHosts,
  type ConnectionDraft,
  credentialRows,
  isBegun,
  isChanged,
  isUnchecked,
  missingCredentials,
  sentCredentials,
  settingIssues,
} from './connection-draft.ts';
import classes from './connections.module.css';

const t = connectionTexts;
const NO_ISSUES: never[] = [];
const NO_SAMPLES: never[] = [];

interface EditorProps {
  /** Undefined for a new one. */
  saved?: Connection;
  type: string;
  /** The settings that a new one begins with. */
  start?: Connection['settings'];
  /** What was entered for another type before. */
  carried?: Connection['settings'];
  /** Told of each change of the settings. */
  onSettings?: (settings: Connection['settings']) => void;
  environment: Environment;
  identity: { name: string; nameProblem: string | undefined; isTyped?: boolean };
  /** Fields before the settings. */
  head?: ReactNode;
  /** Told whether there is something that is not saved. */
  onEdited: (isEdited: boolean) => void;
  /** Told when it is saved, before what comes then. */
  onSaved: () => void;
  onMade: (connectionId: string) => void;
  /** Closes the form, with nothing to ask. */
  onClose: () => void;
}

/** The form of a connection, made from its manifest: settings, credentials, check, use, and an end to it. */
export function ConnectionEditor(props: EditorProps) {
  const manifest = connectionTypesByName.get(props.type);
  if (!manifest) return <ErrorState error={new Error(props.type)} onRetry={props.onClose} />;
  return <EditorOf {...props} manifest={manifest} />;
}

function EditorOf({
  saved,
  start = {},
  carried,
  onSettings,
  manifest,
  environment,
  identity,
  head,
  onEdited,
  onSaved,
  onMade,
  onClose,
}: EditorProps & { manifest: ConnectionManifest }) {
  const env = environment.name;
  const mayWrite = useMay('connections:write', env);
  const mayCheck = useMay('connections:check', env);
  const create = useCreateConnection();
  const update = useUpdateConnection();
  const tryOut = useCheckConnection();
  const [draft, setDraft] = useState<ConnectionDraft>(() => ({
    settings: saved?.settings ?? { ...start, ...carried },
    credentials: {},
  }));
  const [asked, setAsked] = useState(false);
  const [isForCheck, setIsForCheck] = useState(false);
  const form = useRef<HTMLFormElement>(null);

  const problems = settingIssues(manifest, draft.settings);
  const rows = credentialRows(manifest, draft, saved);
  const isRight =
    identity.nameProblem === undefined && problems.length === 0 && rows.every(({ problem }) => problem === undefined);
  const hasMoved = addedHosts(manifest, draft, saved);
  const missing = missingCredentials(rows, draft);
  const changed = saved === undefined || isChanged(manifest, draft, saved);
  const isEdited = saved ? mayWrite && changed : identity.isTyped === true || isBegun(manifest, draft, start);
  useEffect(() => {
    onEdited(isEdited);
    return () => onEdited(false);
  }, [onEdited, isEdited]);
  const busy = create.isPending || update.isPending;

  const save = async (): Promise<string> => {
    const input = { settings: { ...draft.settings }, credentials: sentCredentials(manifest, draft) };
    if (!saved) {
      const made = await create.mutateAsync({ env, name: identity.name, type: manifest.type, ...input });
      notifyDone(t.created(identity.name, env));
      return made.id;
    }
    await update.mutateAsync({ connectionId: saved.id, version: saved.version, ...input });
    notifyDone(t.saved(saved.name, env));
    return saved.id;
  };
  const saveThen = async (then: (id: string) => unknown) => {
    setAsked(true);
    if (!isRight || missing.length > 0) return void showFirstProblem();
    const run = async () => {
      const id = await save();
      onSaved();
      await then(id);
    };
    if (!saved || environment.tone === 'neutral') return void run().catch(() => undefined);
    askToConfirm({
      title: t.confirmTitle(saved.name, env),
      effect: t.confirmEffect(saved.name, env, saved.usedBy),
      verb: t.save,
      environment,
      run,
    });
  };
  // What is wrong may stand far above the button.
  const showFirstProblem = () =>
    setTimeout(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  const check = (id: string) => tryOut.mutateAsync(id).catch(() => undefined);
  const saveAndCheck = () => {
    setIsForCheck(true);
    return changed
      ? void saveThen(async (id) => {
          await check(id);
          onMade(id);
        })
      : saved && void check(saved.id);
  };
  const last = tryOut.data ?? saved?.lastCheck ?? null;
  const canCheck = manifest.checkable && mayCheck;
  // A new credential makes what was seen with the one before worthless.
  const toCheck = saved !== undefined && !changed && canCheck && isUnchecked(saved, last);
  const result: ConnectionCheck | null = changed || toCheck ? null : last;

  return (
    <form
      ref={form}
      className={classes.editor}
      aria-label={saved ? saved.name : t.addTo(env)}
      onSubmit={(event) => {
        event.preventDefault();
        setIsForCheck(false);
        void saveThen(onMade);
      }}
    >
      {head}
      <section aria-label={t.settings}>
        <ConfigForm
          manifest={{ config: manifest.settings }}
          config={draft.settings}
          issues={asked ? problems : NO_ISSUES}
          pointer="/settings"
          without={undefined}
          locked={!mayWrite}
          context={{ connection: undefined, shapes: undefined, samples: NO_SAMPLES, reveal: undefined }}
          onChange={(settings) => {
            setDraft((now) => ({ ...now, settings }));
            onSettings?.(settings);
          }}
        />
      </section>
      <CredentialFields
        rows={rows}
        draft={draft}
        movedTo={hasMoved}
        missing={asked ? missing : []}
        mayWrite={mayWrite}
        onCheck={toCheck && !tryOut.isPending ? () => void check(saved.id) : undefined}
        onChange={(credentials) => setDraft((now) => ({ ...now, credentials }))}
      />
      {(create.error ?? update.error ?? tryOut.error) && (
        <ProblemNote error={create.error ?? update.error ?? tryOut.error} />
      )}
      {tryOut.isPending || result ? (
        <CheckResult check={result ?? undefined} env={environment.name} pending={tryOut.isPending} />
      ) : null}
      <div className={classes.actions}>
        {canCheck && (mayWrite || saved) && (
          <Button
            variant="default"
            loading={tryOut.isPending || (busy && isForCheck)}
            disabled={busy}
            onClick={saveAndCheck}
          >
            {changed ? t.saveAndCheck : t.check}
          </Button>
        )}
        {mayWrite && (
          <Button type="submit" loading={busy && !isForCheck} disabled={!changed || busy}>
            {saved ? t.save : t.create}
          </Button>
        )}
      </div>
      {saved && <ConnectionFoot connection={saved} environment={environment} mayWrite={mayWrite} onDeleted={onClose} />}
    </form>
  );
}
