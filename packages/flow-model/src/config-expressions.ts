import type { ConfigSchema } from './manifest.ts';

/** A place in a config that holds JSONata or a JSON Schema. */
export interface ConfigExpression {
  /** `expression`: a text that begins with `=`, in an `x-expression` field. `mapping`: an `x-mapping` field. `json-schema`: `x-json-schema`. */
  kind: 'expression' | 'mapping' | 'json-schema';
  /** Keys that lead from the config to the value. */
  keys: string[];
  /** The JSONata source (without the `=`), or the JSON Schema. */
  value: unknown;
}

interface HintedSchema {
  readonly 'x-expression'?: unknown;
  readonly 'x-mapping'?: unknown;
  readonly 'x-json-schema'?: unknown;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly additionalProperties?: unknown;
  readonly items?: unknown;
  readonly oneOf?: readonly unknown[];
  readonly anyOf?: readonly unknown[];
  readonly allOf?: readonly unknown[];
  readonly const?: unknown;
}

/** True for a config value that an `x-expression` field takes as JSONata. */
export function isExpression(value: unknown): value is string {
  return typeof value === 'string' && value.startsWith('=');
}

/** Every expression, mapping and JSON Schema in a node's config, found by the hints of the manifest's schema, each place once. */
export function configExpressions(config: unknown, schema: ConfigSchema): ConfigExpression[] {
  const found = new Map<string, ConfigExpression>();
  visit(config, schema, [], (expression) => found.set(JSON.stringify([expression.kind, expression.keys]), expression));
  return [...found.values()];
}

function visit(value: unknown, schema: unknown, keys: string[], report: (found: ConfigExpression) => void): void {
  if (value === undefined || typeof schema !== 'object' || schema === null) return;
  const hinted = schema as HintedSchema;
  if (hinted['x-expression'] === true && isExpression(value)) {
    report({ kind: 'expression', keys, value: value.slice(1) });
    return;
  }
  if (hinted['x-mapping'] === true && typeof value === 'string') report({ kind: 'mapping', keys, value });
  if (hinted['x-json-schema'] === true) report({ kind: 'json-schema', keys, value });
  for (const branch of [...(hinted.oneOf ?? []), ...(hinted.anyOf ?? []), ...(hinted.allOf ?? [])]) {
    if (isMeantFor(value, branch)) visit(value, branch, keys, report);
  }
  // The hint holds for whatever lies inside the field that carries it.
  const within = (child: unknown): unknown =>
    hinted['x-expression'] === true ? { ...(child as object | undefined), 'x-expression': true } : child;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) visit(item, within(hinted.items), [...keys, String(index)], report);
  } else if (typeof value === 'object' && value !== null) {
    const properties = hinted.properties ?? {};
    for (const [key, child] of Object.entries(value)) {
      const childSchema = Object.hasOwn(properties, key) ? properties[key] : hinted.additionalProperties;
      visit(child, within(childSchema), [...keys, key], report);
    }
  }
}

/** A branch is another value's when one of its constants differs. */
function isMeantFor(value: unknown, branch: unknown): boolean {
  const properties = (branch as HintedSchema | null)?.properties ?? {};
  return Object.entries(properties).every(([name, property]) => {
    const constant = (property as HintedSchema | null)?.const;
    return constant === undefined || (value as Record<string, unknown> | null)?.[name] === constant;
  });
}

const prepared = new WeakMap<object, object>();

/** The manifest's schema for a config whose expressions are not evaluated yet: an `x-expression` field also takes text that begins with `=`. */
export function schemaBeforeEvaluation(schema: ConfigSchema): object {
  let ready = prepared.get(schema);
  if (!ready) {
    ready = allowExpressions(schema) as object;
    prepared.set(schema, ready);
  }
  return ready;
}

const SCHEMA_MAPS = new Set(['properties', 'patternProperties', '$defs']);
const SCHEMA_LISTS = new Set(['oneOf', 'anyOf', 'allOf', 'prefixItems']);
const SCHEMAS = new Set(['items', 'additionalProperties', 'if', 'then', 'else', 'not', 'contains']);

function allowExpressions(schema: unknown): unknown {
  if (typeof schema !== 'object' || schema === null) return schema;
  const relaxed: Record<string, unknown> = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (SCHEMA_LISTS.has(keyword) && Array.isArray(value)) relaxed[keyword] = value.map(allowExpressions);
    else if (SCHEMAS.has(keyword)) relaxed[keyword] = allowExpressions(value);
    else if (SCHEMA_MAPS.has(keyword)) relaxed[keyword] = mapValues(value as object, allowExpressions);
    else relaxed[keyword] = value;
  }
  if ((schema as HintedSchema)['x-expression'] !== true) return relaxed;
  return { if: { type: 'string', pattern: '^=' }, else: relaxed };
}

function mapValues(map: object, change: (value: unknown) => unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value)]));
}
