import { FlowError } from '@crossdock/errors';
import type { ConfigSchema } from '@crossdock/flow-model';

type Schema = Readonly<Record<string, unknown>>;
type Path = readonly string[];

/** A node's config with its defaults filled and its expressions found, made once per revision. */
export type ConfigTemplate =
  | { kind: 'literal'; value: unknown }
  | { kind: 'expression'; source: string; path: Path; schema: Schema; required: boolean }
  | { kind: 'array'; items: ConfigTemplate[] }
  | { kind: 'object'; fields: [name: string, template: ConfigTemplate][] };

/**
 * Reads a config by its schema: defaults are filled in, and a string that begins with `=` is an expression wherever `x-expression` holds.
 * The hint holds for the field that carries it and for whatever lies inside it.
 */
export function templateOf(config: unknown, schema: ConfigSchema): ConfigTemplate {
  return read(config, schema, [], false, false);
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
      return fitted(await evaluate(template.source), template);
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

function read(value: unknown, schema: Schema, path: Path, inherited: boolean, required: boolean): ConfigTemplate {
  const isExpression = inherited || schema['x-expression'] === true;
  if (typeof value === 'string' && isExpression && value.startsWith('='))
    return { kind: 'expression', source: value.slice(1).trim(), path, schema, required };
  if (typeof value !== 'object' || value === null || schema['x-json-schema'] === true)
    return { kind: 'literal', value };
  const applying = schemasFor(schema, value);
  const template: ConfigTemplate = Array.isArray(value)
    ? { kind: 'array', items: value.map((item, at) => readChild(item, applying, String(at), path, isExpression)) }
    : { kind: 'object', fields: readFields(value as Record<string, unknown>, applying, path, isExpression) };
  return isLiteral(template) ? { kind: 'literal', value: literalOf(template) } : template;
}

function readFields(
  value: Record<string, unknown>,
  schemas: Schema[],
  path: Path,
  inherited: boolean,
): [string, ConfigTemplate][] {
  const withDefaults = { ...defaultsOf(schemas), ...value };
  return Object.entries(withDefaults).map(([name, field]) => [name, readChild(field, schemas, name, path, inherited)]);
}

function readChild(value: unknown, parents: Schema[], name: string, path: Path, inherited: boolean): ConfigTemplate {
  const found = parents.flatMap((parent) => childSchema(parent, name) ?? []);
  const schema = Object.assign({}, ...found) as Schema;
  const required = parents.some((parent) => Array.isArray(parent.required) && parent.required.includes(name));
  return read(value, schema, [...path, name], inherited, required);
}

function childSchema(parent: Schema, name: string): Schema | undefined {
  const properties = asSchema(parent.properties);
  const own = properties && Object.hasOwn(properties, name) ? properties[name] : undefined;
  if (own !== undefined) return asSchema(own);
  const patterns = Object.entries(asSchema(parent.patternProperties) ?? {});
  const matching = patterns.find(([pattern]) => new RegExp(pattern, 'u').test(name))?.[1];
  return asSchema(matching) ?? asSchema(parent.additionalProperties) ?? asSchema(parent.items);
}

/** The schema itself and those of its alternatives whose constants agree with the value. */
function schemasFor(schema: Schema, value: object): Schema[] {
  const alternatives = ['allOf', 'anyOf', 'oneOf'].flatMap((keyword) => {
    const list = schema[keyword];
    return Array.isArray(list) ? list.filter((one): one is Schema => asSchema(one) !== undefined) : [];
  });
  const agreeing = alternatives.filter((one) => agrees(one, value as Record<string, unknown>));
  return [schema, ...agreeing.flatMap((one) => schemasFor(one, value))];
}

function agrees(schema: Schema, value: Record<string, unknown>): boolean {
  const isArray = Array.isArray(value);
  if (schema.type === 'array' && !isArray) return false;
  if (typeof schema.type === 'string' && schema.type !== 'array' && (isArray || schema.type !== 'object')) return false;
  return Object.entries(asSchema(schema.properties) ?? {}).every(([name, field]) => {
    const constant = asSchema(field)?.const;
    return constant === undefined || value[name] === undefined || value[name] === constant;
  });
}

function defaultsOf(schemas: Schema[]): Record<string, unknown> {
  return Object.fromEntries(
    schemas.flatMap((schema) =>
      Object.entries(asSchema(schema.properties) ?? {}).flatMap(([name, field]) => {
        const value = asSchema(field)?.default;
        return value === undefined ? [] : [[name, value]];
      }),
    ),
  );
}

/** Config of the wrong type would reach a runner that relies on its schema, so what an expression gives is checked here. */
function fitted(value: unknown, at: Extract<ConfigTemplate, { kind: 'expression' }>): unknown {
  const what = at.path.join('.');
  if (value === undefined) {
    if (at.required) throw new FlowError('CONFIG_MISSING', { details: { what } });
    return undefined;
  }
  const { type } = at.schema;
  const types = typeof type === 'string' ? [type] : Array.isArray(type) ? (type as string[]) : [];
  if (types.length === 0 || types.includes(typeName(value)) || (types.includes('number') && typeof value === 'number'))
    return value;
  if (types.includes('string') && (typeof value === 'number' || typeof value === 'boolean')) return String(value);
  const reason = `the expression gave ${typeName(value)}, not ${types.join(' or ')}`;
  throw new FlowError('CONFIG_INVALID', { details: { what, reason } });
}

function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value === 'number' && Number.isInteger(value) ? 'integer' : typeof value;
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

function asSchema(value: unknown): Schema | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Schema) : undefined;
}
