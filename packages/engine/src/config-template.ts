import { FlowError } from '@crossdock/errors';
import { type ConfigSchema, isExpression, schemaProblems } from '@crossdock/flow-model';

type Schema = Readonly<Record<string, unknown>>;

/** A node's config with its defaults filled and its expressions found, made once per revision. */
export type ConfigTemplate =
  | { kind: 'literal'; value: unknown }
  | { kind: 'expression'; source: string }
  | { kind: 'array'; items: ConfigTemplate[] }
  | { kind: 'object'; fields: [name: string, template: ConfigTemplate][] };

/**
 * Reads a config by its schema: defaults are filled in, and a string that begins with `=` is an expression wherever `x-expression` holds.
 * The hint holds for the field that carries it and for whatever lies inside it.
 */
export function templateOf(config: unknown, schema: ConfigSchema): ConfigTemplate {
  return read(config, [schema], false);
}

/** The config that a runner sees. `evaluate` runs one expression; what gives nothing leaves its field out. */
export async function fillTemplate(
  template: ConfigTemplate,
  evaluate: (source: string) => unknown | Promise<unknown>,
): Promise<unknown> {
  switch (template.kind) {
    case 'literal':
      return template.value;
    case 'expression':
      return evaluate(template.source);
    case 'array':
      return Promise.all(template.items.map((item) => fillTemplate(item, evaluate)));
    case 'object': {
      const filled: Record<string, unknown> = {};
      for (const [name, field] of template.fields) {
        const value = await fillTemplate(field, evaluate);
        if (value !== undefined) filled[name] = value;
      }
      return filled;
    }
  }
}

/** A config that holds no expressions; what does is left out. */
export function literalConfig(template: ConfigTemplate): Record<string, unknown> {
  if (template.kind === 'literal') return template.value as Record<string, unknown>;
  if (template.kind !== 'object') return {};
  const literals = template.fields.filter(([, field]) => field.kind === 'literal');
  return Object.fromEntries(literals.map(([name, field]) => [name, literalOf(field)]));
}

/**
 * What keeps a filled config from a runner that relies on its schema: `CONFIG_MISSING` or `CONFIG_INVALID`. Once a config of this template was right,
 * only what its expressions gave is looked at.
 */
export function checkConfig(config: unknown, template: ConfigTemplate, schema: ConfigSchema): void {
  const narrowed = ofExpressions.get(template);
  const [problem] = schemaProblems(config, narrowed ?? schema);
  if (!problem) {
    if (!narrowed) ofExpressions.set(template, schemaOfExpressions(template, schema));
    return;
  }
  const what = problem.keys.join('.');
  if (problem.keyword === 'required') throw new FlowError('CONFIG_MISSING', { details: { what } });
  throw new FlowError('CONFIG_INVALID', { details: { what, reason: problem.reason } });
}

const ofExpressions = new WeakMap<ConfigTemplate, ConfigSchema>();

/** Keywords that say something of each field by itself. */
const BY_FIELD = new Set(['type', 'properties', 'required', 'additionalProperties', 'title', 'description']);

/** Leaves out the fields that are the same in every config; the schema itself where fields hang on one another or have no names. */
function schemaOfExpressions(template: ConfigTemplate, schema: ConfigSchema): ConfigSchema {
  const { properties, required = [] } = schema;
  if (template.kind !== 'object' || !Object.keys(schema).every((keyword) => BY_FIELD.has(keyword))) return schema;
  const names = new Set(template.fields.filter(([, field]) => field.kind !== 'literal').map(([name]) => name));
  if (![...names].every((name) => Object.hasOwn(properties, name))) return schema;
  return {
    type: 'object',
    properties: Object.fromEntries(Object.entries(properties).filter(([name]) => names.has(name))),
    required: required.filter((name) => names.has(name)),
  };
}

function read(value: unknown, schemas: readonly Schema[], inherited: boolean): ConfigTemplate {
  const hinted = inherited || schemas.some((schema) => schema['x-expression'] === true);
  if (hinted && isExpression(value)) return { kind: 'expression', source: value.slice(1) };
  if (typeof value !== 'object' || value === null) return { kind: 'literal', value };
  if (schemas.some((schema) => schema['x-json-schema'] === true)) return { kind: 'literal', value };
  const applying = schemas.flatMap((schema) => withAlternatives(schema, value));
  const child = (item: unknown, name: string): ConfigTemplate =>
    read(
      item,
      applying.flatMap((schema) => childSchemas(schema, name, Array.isArray(value))),
      hinted,
    );
  const template: ConfigTemplate = Array.isArray(value)
    ? { kind: 'array', items: value.map((item, at) => child(item, String(at))) }
    : {
        kind: 'object',
        fields: Object.entries({ ...defaultsOf(applying), ...value }).map(([name, item]) => [name, child(item, name)]),
      };
  return isLiteral(template) ? { kind: 'literal', value: literalOf(template) } : template;
}

function childSchemas(parent: Schema, name: string, inArray: boolean): Schema[] {
  if (inArray) return schemasIn([parent.items]);
  const properties = asSchema(parent.properties) ?? {};
  return schemasIn([Object.hasOwn(properties, name) ? properties[name] : parent.additionalProperties]);
}

/** The schema itself and those of its alternatives whose constants agree with the value. */
function withAlternatives(schema: Schema, value: object): Schema[] {
  const alternatives = schemasIn([schema.allOf, schema.anyOf, schema.oneOf].flat());
  const meant = alternatives.filter((one) => agrees(one, value as Record<string, unknown>));
  return [schema, ...meant.flatMap((one) => withAlternatives(one, value))];
}

function agrees(schema: Schema, value: Record<string, unknown>): boolean {
  return Object.entries(asSchema(schema.properties) ?? {}).every(([name, field]) => {
    const constant = asSchema(field)?.const;
    return constant === undefined || value[name] === constant;
  });
}

function defaultsOf(schemas: readonly Schema[]): Record<string, unknown> {
  const fields = schemas.flatMap((schema) => Object.entries(asSchema(schema.properties) ?? {}));
  return Object.fromEntries(
    fields.flatMap(([name, field]) => {
      const value = asSchema(field)?.default;
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function isLiteral(template: ConfigTemplate): boolean {
  if (template.kind === 'array') return template.items.every(isLiteral);
  if (template.kind === 'object') return template.fields.every(([, field]) => isLiteral(field));
  return template.kind === 'literal';
}

function literalOf(template: ConfigTemplate): unknown {
  if (template.kind === 'array') return template.items.map(literalOf);
  if (template.kind === 'object')
    return Object.fromEntries(template.fields.map(([name, field]) => [name, literalOf(field)]));
  return template.kind === 'literal' ? template.value : undefined;
}

function schemasIn(values: readonly unknown[]): Schema[] {
  return values.map(asSchema).filter((schema) => schema !== undefined);
}

function asSchema(value: unknown): Schema | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Schema) : undefined;
}
