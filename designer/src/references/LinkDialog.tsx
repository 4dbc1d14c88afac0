import { Autocomplete, Checkbox, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useLinkXref, useXrefNames } from '../api/index.ts';
import { referenceTexts } from '../texts/index.ts';
import { FormDialog, notifyDone } from '../ui/index.ts';
import { ENTITY, KNOWN_ENTITIES, SYSTEM } from './names.ts';
import classes from './references.module.css';

const t = referenceTexts.link;
const EMPTY = { system: '', id: '' };

/** Says that two ids of two systems name the same thing. */
export function LinkDialog({
  env,
  entity: chosen,
  onClose,
}: {
  env: string;
  entity: string | undefined;
  onClose: () => void;
}) {
  const names = useXrefNames(env).data ?? [];
  const link = useLinkXref(env);
  const [entity, setEntity] = useState(chosen ?? '');
  const [ids, setIds] = useState([EMPTY, EMPTY]);
  const [name, setName] = useState('');
  const [several, setSeveral] = useState(false);
  const isReady = ENTITY.test(entity) && ids.every(({ system, id }) => SYSTEM.test(system) && id.trim() !== '');
  const systems = [...new Set(names.map(({ system }) => system))];
  const set = (at: number, change: Partial<typeof EMPTY>) =>
    setIds((now) => now.map((one, n) => (n === at ? { ...one, ...change } : one)));
  const submit = () => {
    if (!isReady) return;
    const named = name.trim() === '' ? {} : { name: name.trim() };
    link.mutate(
      { entity, ids: ids.map(({ system, id }) => ({ system, id: id.trim(), ...named })), several },
      {
        onSuccess: () => {
          notifyDone(t.done);
          onClose();
        },
      },
    );
  };
  return (
    <FormDialog
      title={t.title}
      submit={t.submit}
      busy={link.isPending}
      error={link.error}
      disabled={!isReady}
      onSubmit={submit}
      onClose={onClose}
    >
      <Autocomplete
        label={t.entity}
        description={t.entityHint}
        data={[...new Set([...names.map((one) => one.entity), ...KNOWN_ENTITIES])]}
        value={entity}
        onChange={setEntity}
        error={entity !== '' && !ENTITY.test(entity) && t.entityWrong}
        maxLength={40}
        data-autofocus
      />
      {ids.map(({ system, id }, at) => (
        <div key={at} className={classes.pair}>
          <Autocomplete
            label={t.system(at + 1)}
            data={systems}
            value={system}
            onChange={(next) => set(at, { system: next })}
            error={system !== '' && !SYSTEM.test(system) && t.systemWrong}
            maxLength={60}
          />
          <TextInput
            label={t.id(at + 1)}
            value={id}
            onChange={(event) => set(at, { id: event.currentTarget.value })}
            maxLength={300}
          />
        </div>
      ))}
      <TextInput
        label={t.name}
        description={t.nameHint}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        maxLength={300}
      />
      <Checkbox label={t.several} checked={several} onChange={(event) => setSeveral(event.currentTarget.checked)} />
    </FormDialog>
  );
}
