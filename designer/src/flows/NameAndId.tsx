import { TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useFlows } from '../api/index.ts';
import { flowTexts } from '../texts/index.ts';
import { flowIdOf, freeFlowId, isFlowId } from './flow-id.ts';

const t = flowTexts.fields;

/** Name and id of a flow to be made: the name is the suggested one until it is typed, and the id follows the name until it is edited itself. */
export function useNameAndId(suggested: string, firstId?: string) {
  const flows = useFlows().data;
  const [typed, setName] = useState<string>();
  const name = typed ?? suggested;
  const [ownId, setId] = useState(firstId);
  const [touched, setTouched] = useState(false);
  const taken = useMemo(() => new Map((flows ?? []).map((flow) => [flow.id, flow.name])), [flows]);
  const base = flowIdOf(name);
  const id = ownId ?? (base === '' ? '' : freeFlowId(base, new Set(taken.keys())));
  const nameProblem = name.trim() === '' ? t.nameMissing : undefined;
  const holder = taken.get(id);
  const idProblem =
    id === '' ? t.idMissing : !isFlowId(id) ? t.idWrong : holder !== undefined ? t.idTaken(holder) : undefined;
  return {
    name: name.trim(),
    id,
    ready: nameProblem === undefined && idProblem === undefined,
    touch: () => setTouched(true),
    fields: (
      <>
        <TextInput
          label={t.name}
          description={t.nameHint}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={touched && nameProblem}
          maxLength={200}
          data-autofocus
        />
        <TextInput
          label={t.id}
          description={t.idHint}
          value={id}
          onChange={(event) => setId(event.currentTarget.value.toLowerCase())}
          error={(touched || ownId !== undefined) && idProblem}
          maxLength={64}
          spellCheck={false}
          styles={{ input: { fontFamily: 'var(--cd-mono)' } }}
        />
      </>
    ),
  };
}
