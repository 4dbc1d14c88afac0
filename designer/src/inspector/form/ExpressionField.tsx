import { examplesOf } from '@crossdock/connectors/manifests';
import type { ConfigField } from '@crossdock/flow-model';
import { checkMapping, shapeOfSchema } from '@crossdock/mapping';
import { Button, NumberInput, Select, Switch, TextInput } from '@mantine/core';
import type { FieldProps } from '@rjsf/utils';
import { IconArrowsRightLeft } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { CodeEditor } from '../../code/index.ts';
import { mapperTexts } from '../../texts/index.ts';
import { DurationInput } from '../../ui/index.ts';
import { expressionOf, isExpression, type SwitchPair, sourceOf, switchValue } from '../expression.ts';
import { ExampleChips } from './ExampleChips.tsx';
import { ExpressionSwitch } from './ExpressionSwitch.tsx';
import { FieldFrame } from './FieldFrame.tsx';
import type { FormContext } from './form-context.ts';
import { JsonInput } from './JsonInput.tsx';
import { isDuration } from './ui-schema.ts';

/** A setting that is a fixed value or JSONata, with the `fx` switch between the two. */
export function ExpressionField(props: FieldProps) {
  const { schema, formData, fieldPathId, name, required, registry, disabled, readonly } = props;
  const field = schema as ConfigField & { type?: string; enum?: unknown[] };
  const label = field.title ?? name;
  const isComputed = isExpression(formData);
  const locked = Boolean(disabled || readonly);
  const change = (value: unknown) => props.onChange(value, fieldPathId.path, undefined, fieldPathId.$id);
  const [pair, setPair] = useState<SwitchPair>();
  const toggle = () => {
    const next = switchValue(formData, field, pair);
    setPair(next.pair);
    change(next.value);
  };
  const { shapes: around, mapping } = registry.formContext as FormContext;
  const isMappable = fieldPathId.path.length === 1 && mapping?.fields.includes(name);
  const shapes = useMemo(() => around && { ...around, output: shapeOfSchema(schema) }, [around, schema]);
  return (
    <FieldFrame
      id={fieldPathId.$id}
      label={label}
      description={field.description}
      required={required}
      aside={<ExpressionSwitch label={label} isComputed={isComputed} locked={locked} onSwitch={toggle} />}
    >
      {isComputed ? (
        <CodeEditor
          height={heightOf(sourceOf(formData))}
          language="jsonata"
          compact
          label={label}
          value={sourceOf(formData)}
          readOnly={locked}
          shapes={shapes}
          problem={checkMapping(sourceOf(formData))}
          onChange={(source) => change(expressionOf(source))}
        />
      ) : (
        <Literal
          id={fieldPathId.$id}
          name={name}
          label={label}
          field={field}
          value={formData}
          locked={locked}
          onChange={change}
        />
      )}
      {isMappable ? (
        <Button
          className="cd-field-map"
          size="compact-xs"
          variant="subtle"
          aria-label={`${mapperTexts.openLines}: ${label}`}
          leftSection={<IconArrowsRightLeft size={14} stroke={1.75} aria-hidden />}
          onClick={() => mapping?.onOpen(name)}
        >
          {mapperTexts.openLines}
        </Button>
      ) : null}
      {locked || (formData !== undefined && formData !== '') ? null : (
        <ExampleChips label={label} examples={examplesOf(field)} onPick={change} />
      )}
    </FieldFrame>
  );
}

interface LiteralProps {
  id: string;
  name: string;
  label: string;
  field: ConfigField & { type?: string; enum?: unknown[] };
  value: unknown;
  locked: boolean;
  onChange: (value: unknown) => void;
}

function Literal({ id, name, label, field, value, locked, onChange }: LiteralProps) {
  if (Array.isArray(field.enum))
    return (
      <Select
        id={id}
        aria-label={label}
        data={field.enum.map(String)}
        value={value === undefined ? null : String(value)}
        disabled={locked}
        onChange={(chosen) => onChange(chosen ?? undefined)}
      />
    );
  if (field['x-widget'] === 'json' || (field.type === undefined && field['x-widget'] === undefined))
    return <JsonInput label={label} value={value} locked={locked} onChange={onChange} height={120} />;
  if (isDuration(name, field))
    return (
      <DurationInput
        id={id}
        value={typeof value === 'number' ? value : undefined}
        fallback={typeof field.default === 'number' ? field.default : undefined}
        disabled={locked}
        onChange={onChange}
      />
    );
  if (field.type === 'integer' || field.type === 'number')
    return (
      <NumberInput
        id={id}
        value={typeof value === 'number' ? value : ''}
        placeholder={typeof field.default === 'number' ? String(field.default) : ''}
        allowDecimal={field.type === 'number'}
        disabled={locked}
        onChange={(number) => onChange(typeof number === 'number' ? number : undefined)}
      />
    );
  if (field.type === 'boolean')
    return (
      <Switch
        id={id}
        aria-label={label}
        checked={value === true}
        disabled={locked}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    );
  return (
    <TextInput
      id={id}
      value={typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value)}
      disabled={locked}
      onChange={(event) => onChange(event.currentTarget.value === '' ? undefined : event.currentTarget.value)}
    />
  );
}

const LINE = 18;

/** Room for the lines of an expression: one to eight, and its padding. */
function heightOf(source: string): number {
  const lines = Math.max(Math.ceil(source.length / 48), source.split('\n').length);
  return Math.min(Math.max(lines, 1), 8) * LINE + 14;
}
