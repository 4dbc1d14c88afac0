import type { ChoiceHint, ConfigField } from '@crossdock/flow-model';
import { checkMapping } from '@crossdock/mapping';
import { Autocomplete, TagsInput } from '@mantine/core';
import type { FieldProps, RegistryFieldsType } from '@rjsf/utils';
import { CodeEditor } from '../../code/index.ts';
import { inspectorTexts } from '../../texts/index.ts';
import { DurationInput } from '../../ui/index.ts';
import { SchemaEditor } from '../schema/SchemaEditor.tsx';
import { type Case, CasesEditor } from './CasesEditor.tsx';
import { ChoiceInput } from './ChoiceInput.tsx';
import { CronInput } from './CronInput.tsx';
import { DayInput } from './DayInput.tsx';
import { ExpressionField } from './ExpressionField.tsx';
import { FieldFrame } from './FieldFrame.tsx';
import { FlowInput } from './FlowInput.tsx';
import type { FormContext } from './form-context.ts';
import { JsonInput } from './JsonInput.tsx';
import { PairsEditor } from './PairsEditor.tsx';

const TIME_ZONES = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')];

function framed(props: FieldProps) {
  return {
    id: props.fieldPathId.$id,
    label: props.schema.title ?? props.name,
    description: props.schema.description,
    required: props.required,
  };
}
const lockedIn = (props: FieldProps): boolean => Boolean(props.disabled || props.readonly);
const contextOf = (props: FieldProps): FormContext => props.registry.formContext as FormContext;
const setIn = (props: FieldProps, value: unknown, what = '') =>
  props.onChange(value, props.fieldPathId.path, undefined, props.fieldPathId.$id + what);

function MappingField(props: FieldProps) {
  const source = typeof props.formData === 'string' ? props.formData : '';
  return (
    <FieldFrame {...framed(props)}>
      <CodeEditor
        height={160}
        language="jsonata"
        label={props.schema.title ?? props.name}
        value={source}
        readOnly={lockedIn(props)}
        shapes={contextOf(props).shapes}
        problem={source === '' ? undefined : checkMapping(source)}
        onChange={(value) => setIn(props, value)}
      />
    </FieldFrame>
  );
}

function JsonField(props: FieldProps) {
  return (
    <FieldFrame {...framed(props)}>
      <JsonInput
        label={props.schema.title ?? props.name}
        value={props.formData}
        locked={lockedIn(props)}
        height={160}
        onChange={(value) => setIn(props, value)}
      />
    </FieldFrame>
  );
}

function JsonSchemaField(props: FieldProps) {
  return (
    <FieldFrame {...framed(props)}>
      <SchemaEditor
        label={props.schema.title ?? props.name}
        value={props.formData}
        samples={contextOf(props).samples}
        locked={lockedIn(props)}
        onChange={(value) => setIn(props, value)}
      />
    </FieldFrame>
  );
}

function CasesField(props: FieldProps) {
  return (
    <FieldFrame {...framed(props)}>
      <CasesEditor
        cases={Array.isArray(props.formData) ? (props.formData as Case[]) : []}
        locked={lockedIn(props)}
        shapes={contextOf(props).shapes}
        onChange={(cases, what) => setIn(props, cases, `.${what}`)}
      />
    </FieldFrame>
  );
}

/** Headers and query parameters are edited as text; a value that was no text and is not touched keeps its type. */
function PairsField(props: FieldProps) {
  const given = (props.formData ?? {}) as Record<string, unknown>;
  const texts = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, asText(value)]));
  return (
    <FieldFrame {...framed(props)}>
      <PairsEditor
        label={props.schema.title ?? props.name}
        value={texts}
        locked={lockedIn(props)}
        mono
        computes
        ignoreCase={props.name === 'headers'}
        errorOf={(name) => (texts[name]?.startsWith('=') ? checkMapping(texts[name].slice(1))?.message : undefined)}
        onChange={(pairs) =>
          setIn(
            props,
            Object.fromEntries(
              Object.entries(pairs).map(([name, text]) => [name, text === texts[name] ? given[name] : text]),
            ),
          )
        }
      />
    </FieldFrame>
  );
}

function TagsField(props: FieldProps) {
  const isNumber = (props.schema.items as { type?: string } | undefined)?.type !== 'string';
  const values = Array.isArray(props.formData) ? props.formData.map(String) : [];
  return (
    <FieldFrame {...framed(props)}>
      <TagsInput
        id={props.fieldPathId.$id}
        size="xs"
        value={values}
        disabled={lockedIn(props)}
        {...(values.length === 0 ? { placeholder: inspectorTexts.form.tagsHint } : {})}
        onChange={(next) => {
          const items = isNumber ? next.map(Number).filter((item) => Number.isFinite(item)) : next;
          setIn(props, items.length === 0 && !props.required ? undefined : items);
        }}
      />
    </FieldFrame>
  );
}

function DurationField(props: FieldProps) {
  const { default: fallback, minimum, maximum } = props.schema;
  const value = typeof props.formData === 'number' ? props.formData : undefined;
  return (
    <FieldFrame {...framed(props)}>
      <DurationInput
        id={props.fieldPathId.$id}
        value={value}
        fallback={typeof fallback === 'number' ? fallback : undefined}
        min={minimum ?? 0}
        max={maximum}
        disabled={lockedIn(props)}
        onChange={(ms) => setIn(props, ms)}
      />
    </FieldFrame>
  );
}

function CronField(props: FieldProps) {
  const { timeZone, dst } = contextOf(props).config;
  return (
    <FieldFrame {...framed(props)}>
      <CronInput
        id={props.fieldPathId.$id}
        value={typeof props.formData === 'string' ? props.formData : ''}
        timeZone={typeof timeZone === 'string' ? timeZone : 'UTC'}
        dst={dst === 'skip' ? 'skip' : 'once'}
        locked={lockedIn(props)}
        onChange={(cron) => setIn(props, cron === '' ? undefined : cron)}
      />
    </FieldFrame>
  );
}

function DayField(props: FieldProps) {
  return (
    <FieldFrame {...framed(props)}>
      <DayInput
        id={props.fieldPathId.$id}
        value={typeof props.formData === 'string' && props.formData !== '' ? props.formData : undefined}
        locked={lockedIn(props)}
        isWrong={(props.rawErrors?.length ?? 0) > 0}
        onChange={(day) => setIn(props, day)}
      />
    </FieldFrame>
  );
}

function TimeZoneField(props: FieldProps) {
  return (
    <FieldFrame {...framed(props)}>
      <Autocomplete
        id={props.fieldPathId.$id}
        size="xs"
        data={TIME_ZONES}
        limit={50}
        value={typeof props.formData === 'string' ? props.formData : ''}
        disabled={lockedIn(props)}
        onChange={(zone) => setIn(props, zone === '' ? undefined : zone)}
      />
    </FieldFrame>
  );
}

function ChoicesField(props: FieldProps) {
  const { formData, schema } = props;
  const isList = schema.type === 'array';
  return (
    <FieldFrame {...framed(props)}>
      <ChoiceInput
        id={props.fieldPathId.$id}
        hint={(schema as ConfigField)['x-choices'] as ChoiceHint}
        context={contextOf(props)}
        value={isList ? (Array.isArray(formData) ? formData.map(String) : []) : String(formData ?? '')}
        locked={lockedIn(props)}
        onChange={(value) => setIn(props, value === '' ? undefined : value)}
      />
    </FieldFrame>
  );
}

function FlowField(props: FieldProps) {
  return (
    <FieldFrame {...framed(props)}>
      <FlowInput
        id={props.fieldPathId.$id}
        value={typeof props.formData === 'string' ? props.formData : undefined}
        locked={lockedIn(props)}
        onChange={(flowId) => setIn(props, flowId)}
      />
    </FieldFrame>
  );
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** The form's own fields, by the name that `uiSchemaOf` gives them. */
export const configFields: RegistryFieldsType = {
  expression: ExpressionField,
  mapping: MappingField,
  json: JsonField,
  jsonSchema: JsonSchemaField,
  cases: CasesField,
  pairs: PairsField,
  tags: TagsField,
  duration: DurationField,
  cron: CronField,
  day: DayField,
  timeZone: TimeZoneField,
  flow: FlowField,
  choices: ChoicesField,
  nothing: () => null,
};
