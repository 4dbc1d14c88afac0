import type { Environment } from '@crossdock/api-contract';
import { Alert, Button } from '@mantine/core';
import { IconGitMerge, IconPlus } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useMay, useSaveVariables, useVariableUsage } from '../api/index.ts';
import { deploymentTexts } from '../texts/index.ts';
import { askToConfirm, notifyDone, PlainTable, ProblemNote, useUnsavedGuard } from '../ui/index.ts';
import { CopyVariables } from './CopyVariables.tsx';
import { MissingVariables } from './MissingVariables.tsx';
import { freeId } from './rebase-rows.ts';
import { useEditedRows } from './use-edited-rows.ts';
import { VariableFields } from './VariableFields.tsx';
import classes from './VariablesTab.module.css';
import { changedNames, problemsOf, type VariableRow, variablesOf } from './variable-rows.ts';
import { missingNames, usesByName } from './variable-uses.ts';

const t = deploymentTexts.variables;

/** A table of names and values; saved as a whole, in production only after saying what changes. */
export function VariableEditor({ environment, saved }: { environment: Environment; saved: Record<string, unknown> }) {
  const env = environment.name;
  const mayWrite = useMay('variables:write', env);
  const save = useSaveVariables(env);
  const { rows, setRows, clashes, discard, takeTheirs, settle, toSave } = useEditedRows(env, saved);
  const variables = variablesOf(rows);
  const changed = variables ? changedNames(saved, variables) : ['?'];
  useUnsavedGuard(mayWrite && changed.length > 0, { keys: ['tab', 'env'], effect: t.discardEffect(env) });
  const usage = useVariableUsage(env).data;
  const uses = useMemo(() => usesByName(usage ?? []), [usage]);
  const missing = missingNames(usage ?? [], (name) => rows.some((row) => row.name.trim() === name));
  const add = (name: string) => setRows((now) => [...now, { id: freeId(now), name, type: 'text', text: '' }]);
  const change = (id: number, part: Partial<VariableRow>) =>
    setRows((now) => now.map((row) => (row.id === id ? { ...row, ...part } : row)));
  const run = async () => {
    const wanted = await toSave();
    if (!wanted) return;
    await save.mutateAsync(wanted);
    settle();
    notifyDone(t.saved(env));
  };
  const submit = () => {
    if (environment.tone === 'neutral') return void run().catch(() => undefined);
    askToConfirm({
      title: t.confirmTitle(env),
      effect: t.confirmEffect(changed.join(', '), env),
      verb: t.save,
      environment,
      run,
    });
  };
  return (
    <form
      className={classes.form}
      aria-label={t.label(env)}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <MissingVariables env={env} names={missing} uses={uses} onAdd={mayWrite ? add : undefined} />
      {rows.length === 0 ? (
        <p className={classes.none}>{t.none}</p>
      ) : (
        <PlainTable
          ofFields
          heads={[{ text: t.name }, { text: t.type }, { text: t.value }, { text: t.usedBy }, undefined]}
        >
          {rows.map((row, at) => (
            <VariableFields
              key={row.id}
              row={row}
              at={at + 1}
              problems={problemsOf(row, rows)}
              uses={usage && (uses.get(row.name.trim()) ?? [])}
              readOnly={!mayWrite}
              onChange={(part) => change(row.id, part)}
              onRemove={() => setRows((now) => now.filter(({ id }) => id !== row.id))}
            />
          ))}
        </PlainTable>
      )}
      {clashes.length > 0 && (
        <Alert color="yellow" icon={<IconGitMerge size={16} aria-hidden />} title={t.clashTitle(clashes.join(', '))}>
          <p>{t.clashDetail}</p>
          <Button variant="default" onClick={takeTheirs}>
            {t.takeSaved}
          </Button>
        </Alert>
      )}
      {save.error && <ProblemNote error={save.error} />}
      {mayWrite && (
        <div className={classes.foot}>
          <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => add('')}>
            {t.add}
          </Button>
          <CopyVariables from={environment} saved={saved} />
          {changed.length > 0 && (
            <>
              <span className={classes.unsaved}>{t.unsaved}</span>
              <Button variant="default" onClick={discard}>
                {t.discard}
              </Button>
            </>
          )}
          <Button type="submit" disabled={!variables || changed.length === 0} loading={save.isPending}>
            {t.save}
          </Button>
        </div>
      )}
    </form>
  );
}
