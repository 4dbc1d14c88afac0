import type { ConfigField, NodeManifest } from '@crossdock/flow-model';
import type { UiSchema } from '@rjsf/utils';

const WIDGET_FIELDS: Readonly<Record<string, string>> = {
  jsonata: 'mapping',
  'json-schema': 'jsonSchema',
  json: 'json',
  cases: 'cases',
  headers: 'pairs',
};

const FORMAT_FIELDS: Readonly<Record<NonNullable<ConfigField['x-format']>, string>> = {
  cron: 'cron',
  'time-zone': 'timeZone',
  flow: 'flow',
};

/** How the form shows each setting, from the hints of the manifest. `without` is a field that has a tab of its own. */
export function uiSchemaOf(manifest: Pick<NodeManifest, 'config'>, without: string | undefined): UiSchema {
  const fields = Object.entries(manifest.config.properties).map(([name, field]) => [name, uiOf(name, field)] as const);
  return {
    'ui:submitButtonOptions': { norender: true },
    'ui:label': false,
    ...Object.fromEntries(fields),
    ...(without ? { [without]: { 'ui:widget': 'hidden', 'ui:field': 'nothing' } } : {}),
  };
}

/** Whether a setting matters with these settings: one that only matters with another's value is left out of the form meanwhile. */
export function isAsked(field: ConfigField, config: Readonly<Record<string, unknown>>): boolean {
  const when = field['x-when'];
  return when === undefined || when.is.includes(config[when.field]);
}

/** Settings named `…Ms` hold milliseconds, and are edited as times: by the code's own rule for names. */
export function isDuration(name: string, field: ConfigField): boolean {
  return name.endsWith('Ms') && (field.type === 'integer' || field.type === 'number');
}

function uiOf(name: string, field: ConfigField): UiSchema {
  if (field['x-expression']) return { 'ui:field': 'expression' };
  if (isDuration(name, field)) return { 'ui:field': 'duration' };
  if (field['x-choices']) return { 'ui:field': 'choices' };
  const format = field['x-format'];
  if (format) return { 'ui:field': FORMAT_FIELDS[format] };
  if (field.format === 'date') return { 'ui:field': 'day' };
  const widget = field['x-widget'];
  if (widget === 'textarea') return { 'ui:widget': 'textarea', 'ui:options': { rows: 4 } };
  const custom = widget && WIDGET_FIELDS[widget];
  if (custom) return { 'ui:field': custom };
  if (field.type === 'array' && isPlain(field.items)) return { 'ui:field': 'tags' };
  const labels = field['x-labels'];
  if (labels && Array.isArray(field.enum)) return { 'ui:enumNames': field.enum.map((value) => labels[value] ?? value) };
  return {};
}

function isPlain(items: unknown): boolean {
  const type = (items as { type?: unknown } | undefined)?.type;
  return type === 'string' || type === 'integer' || type === 'number';
}
