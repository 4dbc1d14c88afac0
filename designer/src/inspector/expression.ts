import type { ConfigField } from '@crossdock/flow-model';

/** True for a config value that the engine evaluates: a string that begins with `=`. */
export function isExpression(value: unknown): value is string {
  return typeof value === 'string' && value.startsWith('=');
}

/** The JSONata of an expression value, without the `=` and one blank after it. */
export function sourceOf(value: string): string {
  return value.slice(value.startsWith('= ') ? 2 : 1);
}

/** The config value that holds this JSONata. */
export function expressionOf(source: string): string {
  return `= ${source}`;
}

/** The expression that gives a literal value; a missing value starts with the payload. */
export function toExpression(literal: unknown): string {
  return expressionOf(literal === undefined || literal === '' ? '$' : JSON.stringify(literal));
}

/** An expression and the literal that stood in its place before or after a switch. */
export interface SwitchPair {
  readonly expression: string;
  readonly literal: unknown;
}

/**
 * The value after a switch between literal and expression, and the pair to remember: switching back, with nothing changed in between, gives
 * what was there before.
 */
export function switchValue(
  value: unknown,
  field: ConfigField,
  before: SwitchPair | undefined,
): { value: unknown; pair: SwitchPair } {
  if (isExpression(value)) {
    const literal = toLiteral(value, before ? { default: before.literal } : field);
    return { value: literal, pair: { expression: value, literal } };
  }
  const isAsBefore = before !== undefined && JSON.stringify(before.literal) === JSON.stringify(value);
  const expression = isAsBefore ? before.expression : toExpression(value);
  return { value: expression, pair: { expression, literal: value } };
}

/**
 * The literal that an expression stands for. One that computes something has none: then the field's default, or nothing,
 * so that no JSONata ends up as literal text.
 */
export function toLiteral(value: string, field: ConfigField): unknown {
  const source = sourceOf(value).trim();
  try {
    const literal: unknown = JSON.parse(source);
    // A literal text that begins with `=` would be an expression again.
    if (!isExpression(literal)) return literal;
  } catch {
    const quoted = /^'((?:[^'\\]|\\.)*)'$/.exec(source)?.[1];
    if (quoted !== undefined && !quoted.startsWith('=')) return quoted.replace(/\\(.)/g, '$1');
  }
  return isExpression(field.default) ? undefined : field.default;
}
