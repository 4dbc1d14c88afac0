/** A field that may be written at a place in a mapping. */
export interface FieldSuggestion {
  readonly name: string;
  /** As it is written: odd names in backticks. */
  readonly text: string;
  readonly kind: 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null';
  /** A short form of its value in the sample. */
  readonly example: string;
}

const STEP = /`[^`]*`|\$\$?[A-Za-z_]?\w*|[A-Za-z_]\w*/;
const PATH_BEFORE = new RegExp(`((?:(?:${STEP.source})(?:\\[[^\\]]*\\])*\\.)*)(?:\`?\\w*)$`);
const EXAMPLE_LENGTH = 40;

/**
 * The path that is being written at the end of `before`, from the sample's root: what stands before the last dot, below the
 * objects and filters that are open there (`line_items.{ "sku": ` writes below `line_items`). `undefined` for another root.
 */
export function pathAt(before: string): string[] | undefined {
  const typed = PATH_BEFORE.exec(before)?.[1] ?? '';
  const start = before.length - (PATH_BEFORE.exec(before)?.[0].length ?? 0);
  const steps = stepsOf(typed);
  if (steps[0] === '$$') return steps.slice(1);
  if (steps[0] !== undefined && /^\$\w/.test(steps[0])) return undefined;
  return [...contextOf(before.slice(0, start)), ...steps.filter((step) => step !== '$')];
}

/** The fields below `path` in a sample; an array offers the fields of its elements. */
export function fieldsAt(sample: unknown, path: readonly string[]): FieldSuggestion[] {
  let values: unknown[] = [sample];
  for (const step of path) values = values.flatMap(elements).map((value) => fieldOf(value, step));
  const found = new Map<string, unknown>();
  for (const value of values.flatMap(elements)) {
    if (!isObject(value)) continue;
    for (const [name, field] of Object.entries(value))
      if (!found.has(name) || found.get(name) === null) found.set(name, field);
  }
  return [...found].map(([name, value]) => ({
    name,
    text: /^[A-Za-z_]\w*$/.test(name) ? name : `\`${name}\``,
    kind: kindOf(value),
    example: exampleOf(value),
  }));
}

/** Paths of the brackets that are still open: `a.b.{`, `a.(` and `a[` narrow the context, a bare bracket does not. */
function contextOf(source: string): string[] {
  const open: string[][] = [];
  let quote: string | undefined;
  for (let at = 0; at < source.length; at++) {
    const char = source[at] ?? '';
    if (quote) {
      if (char === '\\') at++;
      else if (char === quote) quote = undefined;
    } else if (char === '"' || char === "'") quote = char;
    else if (char === '{' || char === '(' || char === '[') open.push(ownerOf(source.slice(0, at), char));
    else if (char === '}' || char === ')' || char === ']') open.pop();
  }
  return open.flat();
}

function ownerOf(before: string, bracket: string): string[] {
  const dotted = bracket === '[' ? before : before.trimEnd();
  if (bracket !== '[' && !dotted.endsWith('.')) return [];
  const path = PATH_BEFORE.exec(bracket === '[' ? `${dotted}.` : dotted)?.[1] ?? '';
  const steps = stepsOf(path);
  // A function's result or a variable is another root, whose fields are not known.
  return steps.some((step) => step.startsWith('$') && step !== '$' && step !== '$$')
    ? []
    : steps.filter((step) => !step.startsWith('$'));
}

function stepsOf(path: string): string[] {
  const withoutFilters = path.replace(/\[[^\]]*\]/g, '');
  return [...withoutFilters.matchAll(new RegExp(STEP, 'g'))].map(([step]) => step.replaceAll('`', ''));
}

const elements = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const fieldOf = (value: unknown, step: string): unknown => (isObject(value) ? value[step] : undefined);

function kindOf(value: unknown): FieldSuggestion['kind'] {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string')
    return typeof value as 'string';
  return 'object';
}

function exampleOf(value: unknown): string {
  const text = JSON.stringify(value) ?? '';
  return text.length > EXAMPLE_LENGTH ? `${text.slice(0, EXAMPLE_LENGTH - 1)}…` : text;
}
