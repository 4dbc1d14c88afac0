import type { ConfigField, NodeManifest } from '@crossdock/flow-model';
import type { UiSchema } from '@rjsf/utils';

const WIDGET_FIELDS: Readonly<Record<string, string>> = {
  jsonata: 'mapping',
  'json-schema': 'jsonSchema',
  json: 'json',
  cases: 'cases',
  headers: 'pairs',
};

/** How the form shows each setting, from the hints of the manifest. `without` is a field that has a tab of its own. */
export function uiSchemaOf(manifest: NodeManifest, without: string | undefined): UiSchema {
  const fields = Object.entries(manifest.config.properties).map(([name, field]) => [name, uiOf(field)] as const);
  return {
    'ui:submitButtonOptions': { norender: true },
    'ui:label': false,
    ...Object.fromEntries(fields),
    ...(without ? { [without]: { 'ui:widget': 'hidden', 'ui:field': 'nothing' } } : {}),
  };
}

function uiOf(field: ConfigField): UiSchema {
  if (field['x-expression']) return { 'ui:field': 'expression' };
  const widget = field['x-widget'];
  if (widget === 'textarea') return { 'ui:widget': 'textarea', 'ui:options': { rows: 4 } };
  const custom = widget && WIDGET_FIELDS[widget];
  if (custom) return { 'ui:field': custom };
  if (field.type === 'array' && isPlain(field.items)) return { 'ui:field': 'tags' };
  return {};
}

function isPlain(items: unknown): boolean {
  const type = (items as { type?: unknown } | undefined)?.type;
  return type === 'string' || type === 'integer' || type === 'number';
}
