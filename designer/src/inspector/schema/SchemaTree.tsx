import { ActionIcon, Button, Checkbox, Select, TextInput, Tooltip } from '@mantine/core';
import { IconDots, IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { inspectorTexts } from '../../texts/index.ts';
import { addField, removeField, renameField, setRequired, setText, setType } from './edit-schema.ts';
import type { JsonSchema } from './schema-of-samples.ts';
import { SCHEMA_FORMATS, SCHEMA_TYPES, type SchemaRow, schemaRows } from './schema-rows.ts';

const texts = inspectorTexts.schema;
const TYPES = SCHEMA_TYPES.map((type) => ({ value: type, label: texts.types[type] }));

interface TreeProps {
  schema: JsonSchema;
  locked: boolean;
  onChange: (schema: JsonSchema) => void;
}

/** A JSON Schema as a tree of fields: name, type, whether it is asked for, and on demand format and description. */
export function SchemaTree(props: TreeProps) {
  const rows = schemaRows(props.schema);
  return (
    <ul className="cd-schema" aria-label={texts.tree}>
      {rows.map((row) => (
        <Row key={row.path.slice(0, -1).join('/') + rows.indexOf(row)} row={row} {...props} />
      ))}
    </ul>
  );
}

function Row({ row, schema, locked, onChange }: TreeProps & { row: SchemaRow }) {
  const [isOpen, setIsOpen] = useState(false);
  const name = row.place === 'field' ? row.name : texts.places[row.place];
  return (
    <li style={{ paddingLeft: row.depth * 14 }}>
      <div className="cd-schema-row">
        {row.place === 'field' ? (
          <NameInput row={row} schema={schema} locked={locked} onChange={onChange} />
        ) : (
          <span className="cd-schema-place">{name}</span>
        )}
        <Select
          aria-label={texts.typeOf(name)}
          size="xs"
          data={row.type === undefined ? [...TYPES, { value: '', label: texts.several }] : TYPES}
          value={row.type ?? ''}
          allowDeselect={false}
          disabled={locked || row.type === undefined}
          onChange={(type) => {
            const chosen = SCHEMA_TYPES.find((each) => each === type);
            if (chosen) onChange(setType(schema, row.path, chosen, row.orNull));
          }}
        />
        <Tooltip label={texts.required}>
          <span>
            <Checkbox
              size="xs"
              aria-label={texts.isRequired(name)}
              checked={row.isRequired}
              disabled={locked || row.place !== 'field'}
              style={row.place === 'field' ? undefined : { visibility: 'hidden' }}
              onChange={(event) => onChange(setRequired(schema, row.path, event.currentTarget.checked))}
            />
          </span>
        </Tooltip>
        <ActionIcon
          size={24}
          aria-label={texts.more(name)}
          aria-expanded={isOpen}
          data-filled={row.description !== '' || row.format !== '' || row.hasMore || undefined}
          onClick={() => setIsOpen(!isOpen)}
        >
          <IconDots size={14} stroke={1.5} aria-hidden />
        </ActionIcon>
        <ActionIcon
          size={24}
          aria-label={texts.remove(name)}
          disabled={locked}
          style={row.place === 'field' ? undefined : { visibility: 'hidden' }}
          onClick={() => onChange(removeField(schema, row.path))}
        >
          <IconX size={14} stroke={1.5} aria-hidden />
        </ActionIcon>
      </div>
      {isOpen ? <Details row={row} name={name} schema={schema} locked={locked} onChange={onChange} /> : null}
      {row.type === 'object' ? (
        <Button
          variant="subtle"
          size="compact-xs"
          leftSection={<IconPlus size={14} stroke={1.5} aria-hidden />}
          aria-label={texts.addTo(name)}
          disabled={locked}
          onClick={() => onChange(addField(schema, row.path).schema)}
        >
          {texts.add}
        </Button>
      ) : null}
    </li>
  );
}

/** The name changes while it is free; one that is empty or taken stays as it is typed, and says so. */
function NameInput({ row, schema, locked, onChange }: TreeProps & { row: SchemaRow }) {
  const [typed, setTyped] = useState<string>();
  return (
    <TextInput
      aria-label={texts.nameOf(row.name)}
      size="xs"
      value={typed ?? row.name}
      disabled={locked}
      spellCheck={false}
      classNames={{ input: 'cd-mono' }}
      error={typed === undefined ? null : typed === '' ? texts.nameMissing : texts.nameTaken}
      onBlur={() => setTyped(undefined)}
      onChange={(event) => {
        const name = event.currentTarget.value;
        const renamed = renameField(schema, row.path, name);
        setTyped(renamed ? undefined : name);
        if (renamed) onChange(renamed);
      }}
    />
  );
}

function Details({ row, name, schema, locked, onChange }: TreeProps & { row: SchemaRow; name: string }) {
  return (
    <div className="cd-schema-details">
      <TextInput
        size="xs"
        label={texts.description}
        aria-label={texts.descriptionOf(name)}
        value={row.description}
        disabled={locked}
        onChange={(event) => onChange(setText(schema, row.path, 'description', event.currentTarget.value))}
      />
      {row.type === 'string' ? (
        <Select
          size="xs"
          label={texts.format}
          aria-label={texts.formatOf(name)}
          placeholder={texts.noFormat}
          data={[...new Set([...SCHEMA_FORMATS, ...(row.format === '' ? [] : [row.format])])]}
          value={row.format === '' ? null : row.format}
          clearable
          disabled={locked}
          onChange={(format) => onChange(setText(schema, row.path, 'format', format ?? ''))}
        />
      ) : null}
      {row.type !== undefined && row.type !== 'any' && row.type !== 'null' ? (
        <Checkbox
          size="xs"
          label={texts.orNull}
          checked={row.orNull}
          disabled={locked}
          onChange={(event) => onChange(setType(schema, row.path, row.type ?? 'any', event.currentTarget.checked))}
        />
      ) : null}
      {row.hasMore ? <span className="cd-dim">{texts.hasMore}</span> : null}
    </div>
  );
}
