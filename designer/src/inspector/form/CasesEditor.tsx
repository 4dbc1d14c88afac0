import { checkMapping, type MappingShapes } from '@crossdock/mapping';
import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus, IconX } from '@tabler/icons-react';
import { CodeEditor } from '../../code/index.ts';
import { inspectorTexts } from '../../texts/index.ts';

const texts = inspectorTexts.cases;

export interface Case {
  readonly id: string;
  readonly name?: string;
  readonly condition: string;
}

/** The cases of a switch, in the order they are tried. */
export function CasesEditor(props: {
  cases: readonly Case[];
  locked: boolean;
  shapes: MappingShapes | undefined;
  onChange: (cases: Case[], what: string) => void;
}) {
  const { cases, locked, onChange } = props;
  const edit = (index: number, change: Partial<Case>, what: string) =>
    onChange(
      cases.map((each, at) => (at === index ? withoutEmptyName({ ...each, ...change }) : each)),
      `${index}.${what}`,
    );
  return (
    <div className="cd-cases">
      <ol>
        {cases.map((each, index) => {
          const name = each.name || each.id || texts.numbered(index + 1);
          return (
            // The place is the identity: an id may be half typed, and may stand twice meanwhile.
            <li key={`case-${index + 1}`} className="cd-case">
              <div className="cd-case-head">
                <TextInput
                  aria-label={`${texts.numbered(index + 1)}: ${texts.name}`}
                  placeholder={texts.name}
                  value={each.name ?? ''}
                  disabled={locked}
                  onChange={(event) => edit(index, { name: event.currentTarget.value }, 'name')}
                />
                <TextInput
                  aria-label={`${texts.numbered(index + 1)}: ${texts.id}`}
                  placeholder={texts.id}
                  value={each.id}
                  disabled={locked}
                  classNames={{ input: 'cd-mono' }}
                  onChange={(event) => edit(index, { id: event.currentTarget.value }, 'id')}
                />
                <ActionIcon
                  aria-label={texts.up(name)}
                  disabled={locked || index === 0}
                  onClick={() => onChange(swapped(cases, index - 1), 'order')}
                >
                  <IconArrowUp size={14} stroke={1.5} />
                </ActionIcon>
                <ActionIcon
                  aria-label={texts.down(name)}
                  disabled={locked || index === cases.length - 1}
                  onClick={() => onChange(swapped(cases, index), 'order')}
                >
                  <IconArrowDown size={14} stroke={1.5} />
                </ActionIcon>
                <ActionIcon
                  aria-label={texts.remove(name)}
                  disabled={locked}
                  onClick={() => onChange(cases.toSpliced(index, 1), 'remove')}
                >
                  <IconX size={14} stroke={1.5} />
                </ActionIcon>
              </div>
              <CodeEditor
                height={50}
                compact
                language="jsonata"
                label={`${texts.numbered(index + 1)}: ${texts.condition}`}
                value={each.condition}
                readOnly={locked}
                shapes={props.shapes}
                problem={each.condition === '' ? undefined : checkMapping(each.condition)}
                onChange={(condition) => edit(index, { condition }, 'condition')}
              />
            </li>
          );
        })}
      </ol>
      <Button
        variant="subtle"
        size="compact-xs"
        leftSection={<IconPlus size={14} stroke={1.5} />}
        disabled={locked}
        onClick={() => onChange([...cases, { id: freeId(cases), condition: '' }], 'add')}
      >
        {texts.add}
      </Button>
      <p className="cd-dim">{texts.otherwise}</p>
    </div>
  );
}

function swapped(cases: readonly Case[], index: number): Case[] {
  const [first, second] = [cases[index], cases[index + 1]];
  return first && second ? cases.toSpliced(index, 2, second, first) : [...cases];
}

function withoutEmptyName({ name, ...rest }: Case): Case {
  const { id, condition } = rest;
  return name ? { id, name, condition } : rest;
}

function freeId(cases: readonly Case[]): string {
  let number = cases.length + 1;
  while (cases.some(({ id }) => id === `case${number}`)) number++;
  return `case${number}`;
}
