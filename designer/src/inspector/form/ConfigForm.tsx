import type { Issue, NodeManifest } from '@crossdock/flow-model';
import { withTheme } from '@rjsf/core';
import { Theme } from '@rjsf/mantine';
import type { ErrorSchema, RJSFSchema } from '@rjsf/utils';
import { useMemo } from 'react';
import { whatToDo } from '../../api/index.ts';
import { inspectorTexts } from '../../texts/index.ts';
import { configFields } from './fields.tsx';
import type { FormContext } from './form-context.ts';
import { isAsked, uiSchemaOf } from './ui-schema.ts';
import { interpretingValidator } from './validator.ts';

const Form = withTheme(Theme);

/** The form of settings, made from their manifest: a node's or a connection's. What is wrong is told by the issues. */
export function ConfigForm(props: {
  manifest: Pick<NodeManifest, 'config'>;
  config: Readonly<Record<string, unknown>>;
  issues: readonly Issue[];
  /** Pointer of the config in the document. */
  pointer: string;
  /** A field that has a tab of its own. */
  without: string | undefined;
  locked: boolean;
  context: Omit<FormContext, 'config'>;
  onChange: (config: Record<string, unknown>, fieldId: string) => void;
}) {
  const { manifest, config, without } = props;
  const uiSchema = useMemo(() => uiSchemaOf(manifest, without), [manifest, without]);
  const shown = useMemo(() => ({ ...defaultsOf(manifest), ...config }), [manifest, config]);
  const asked = Object.entries(manifest.config.properties)
    .flatMap(([name, field]) => (name !== without && isAsked(field, shown) ? [name] : []))
    .join(' ');
  const schema = useMemo(() => formSchema(manifest, asked.split(' ')), [manifest, asked]);
  const context = useMemo(() => ({ ...props.context, config: shown }), [props.context, shown]);
  const extraErrors = useMemo(() => errorsByField(props.issues, props.pointer), [props.issues, props.pointer]);
  return (
    <Form
      className="cd-form"
      tagName="div"
      schema={schema}
      uiSchema={uiSchema}
      fields={configFields}
      validator={interpretingValidator}
      formData={shown}
      formContext={context}
      extraErrors={extraErrors}
      showErrorList={false}
      noHtml5Validate
      readonly={props.locked}
      experimental_defaultFormStateBehavior={{
        emptyObjectFields: 'skipDefaults',
        arrayMinItems: { populate: 'never' },
        constAsDefaults: 'never',
      }}
      onChange={({ formData }, id) => {
        const next = withoutShownDefaults({ ...config, ...(formData as Record<string, unknown>) }, shown, config);
        if (JSON.stringify(next) !== JSON.stringify(config)) props.onChange(next, id ?? '');
      }}
    />
  );
}

/** The manifest's schema with the fields that the form draws; its title, description and rules between fields are told elsewhere. */
function formSchema(manifest: Pick<NodeManifest, 'config'>, asked: readonly string[]): RJSFSchema {
  const { title: _title, description: _description, allOf: _rules, ...schema } = manifest.config;
  const properties = Object.fromEntries(Object.entries(schema.properties).filter(([name]) => asked.includes(name)));
  const required = schema.required?.filter((name) => asked.includes(name)) ?? [];
  return { ...schema, properties, required, additionalProperties: false } as RJSFSchema;
}

function errorsByField(issues: readonly Issue[], pointer: string): ErrorSchema {
  const errors: Record<string, { __errors: string[] }> = {};
  for (const issue of issues) {
    const field = issue.path.slice(pointer.length + 1).split('/')[0];
    if (!field || !issue.path.startsWith(`${pointer}/`)) continue;
    errors[field] = { __errors: [...(errors[field]?.__errors ?? []), messageAt(field, issue)] };
  }
  return errors as ErrorSchema;
}

/** An issue as its own field says it: neither the field's name nor the way to it is news there. */
function messageAt(field: string, issue: Issue): string {
  const name = `"config.${field}" `;
  if (issue.code !== 'FLOW_NODE_CONFIG' || !issue.message.startsWith(name)) return issue.message;
  const way = whatToDo(issue);
  const reason = issue.message.slice(name.length);
  return inspectorTexts.form.wrong(way && reason.endsWith(way) ? reason.slice(0, -way.length).trim() : reason);
}

function defaultsOf(manifest: Pick<NodeManifest, 'config'>): Record<string, unknown> {
  const fields = Object.entries(manifest.config.properties).filter(([, field]) => field.default !== undefined);
  return Object.fromEntries(fields.map(([name, field]) => [name, field.default]));
}

/** A default that is only shown, because the config has none of its own, is not written into the flow. */
function withoutShownDefaults(
  next: Record<string, unknown>,
  shown: Readonly<Record<string, unknown>>,
  config: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const isOnlyShown = (name: string, value: unknown) =>
    !(name in config) && JSON.stringify(value) === JSON.stringify(shown[name]);
  return Object.fromEntries(
    Object.entries(next).filter(([name, value]) => value !== undefined && !isOnlyShown(name, value)),
  );
}
