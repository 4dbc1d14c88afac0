import type { VariableUse } from '@crossdock/api-contract';
import { ActionIcon, Select, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { deploymentTexts } from '../texts/index.ts';
import classes from './VariablesTab.module.css';
import { VariableUses } from './VariableUses.tsx';
import type { VariableRow, VariableType } from './variable-rows.ts';

const t = deploymentTexts.variables;
const TYPES = Object.entries(t.types).map(([value, label]) => ({ value, label }));
const BOOLEANS = ['true', 'false'];

/** Name, type and value of one variable. */
export function VariableFields({
  row,
  at,
  problems,
  uses,
  readOnly,
  onChange,
  onRemove,
}: {
  row: VariableRow;
  /** Its place in the table, from 1, to name fields that have no name yet. */
  at: number;
  problems: { name?: string; value?: string };
  /** Who reads it; undefined until that is known. */
  uses: readonly VariableUse[] | undefined;
  readOnly: boolean;
  onChange: (part: Partial<VariableRow>) => void;
  onRemove: () => void;
}) {
  const called = row.name || t.rowName(at);
  return (
    <tr>
      <td>
        <TextInput
          className={classes.mono}
          aria-label={`${t.name}: ${called}`}
          value={row.name}
          readOnly={readOnly}
          error={problems.name}
          spellCheck={false}
          onChange={(event) => onChange({ name: event.currentTarget.value })}
        />
      </td>
      <td className={classes.type}>
        <Select
          aria-label={`${t.type}: ${called}`}
          data={TYPES}
          value={row.type}
          readOnly={readOnly}
          allowDeselect={false}
          w={144}
          onChange={(type) =>
            onChange({ type: (type as VariableType | null) ?? 'text', ...(type === 'boolean' ? { text: 'true' } : {}) })
          }
        />
      </td>
      <td className={classes.value}>
        {row.type === 'boolean' ? (
          <Select
            aria-label={`${t.value}: ${called}`}
            data={BOOLEANS}
            value={row.text}
            readOnly={readOnly}
            allowDeselect={false}
            onChange={(text) => onChange({ text: text ?? 'false' })}
          />
        ) : (
          <TextInput
            className={classes.mono}
            aria-label={`${t.value}: ${called}`}
            value={row.text}
            readOnly={readOnly}
            error={problems.value}
            spellCheck={false}
            onChange={(event) => onChange({ text: event.currentTarget.value })}
          />
        )}
      </td>
      <td className={classes.usedBy}>{uses ? <VariableUses name={called} uses={uses} /> : '…'}</td>
      <td>
        {!readOnly && (
          <ActionIcon aria-label={t.remove(row.name)} onClick={onRemove} size={32}>
            <IconTrash size={16} aria-hidden />
          </ActionIcon>
        )}
      </td>
    </tr>
  );
}
