import type { OutputUnit } from '@cfworker/json-schema';
import { CONNECTION_NAME_PATTERN, FLOW_ID_PATTERN, NODE_ID_PATTERN } from './flow-schema.ts';
import { keysOf } from './pointer.ts';

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
  null: 'null',
};

const FORMAT_WORDS: Readonly<Record<string, string>> = {
  'date-time': 'must be a time with its offset from UTC, such as 2026-03-29T08:00:00Z',
};

const PATTERN_WORDS: Readonly<Record<string, string>> = {
  [CONNECTION_NAME_PATTERN]: 'must have 1 to 64 characters out of a–z, 0–9 and "-", and not begin with "-"',
  [NODE_ID_PATTERN]: 'must have 1 to 64 characters out of A–Z, a–z, 0–9, "_" and "-"',
  [FLOW_ID_PATTERN]: 'must have 1 to 64 characters out of a–z, 0–9 and "-"',
};

/** The rest of a sentence that begins with the field: what the schema asks for at this place. */
export function reasonFor(unit: OutputUnit, schema: object): string {
  const limit = valueAt(schema, unit.keywordLocation);
  if (unit.keywordLocation.includes('/propertyNames/')) return 'has a name that is empty, too long or not allowed';
  switch (unit.keyword) {
    case 'unknown':
      return 'is unknown';
    case 'required':
      return 'is missing';
    case 'type':
      return `must be ${(Array.isArray(limit) ? limit : [limit]).map((type) => TYPE_WORDS[String(type)] ?? type).join(' or ')}`;
    case 'const':
      return `must be ${JSON.stringify(limit)}`;
    case 'enum':
      return `must be one of ${(limit as unknown[]).map((item) => JSON.stringify(item)).join(', ')}`;
    case 'minimum':
      return `must be at least ${limit}`;
    case 'maximum':
      return `must be at most ${limit}`;
    case 'exclusiveMinimum':
      return `must be more than ${limit}`;
    case 'exclusiveMaximum':
      return `must be less than ${limit}`;
    case 'minLength':
      return limit === 1 ? 'must not be empty' : `must have at least ${limit} characters`;
    case 'maxLength':
      return `must have at most ${limit} characters`;
    case 'minItems':
      return limit === 1 ? 'must have at least one entry' : `must have at least ${limit} entries`;
    case 'maxItems':
      return `must have at most ${limit} entries`;
    case 'pattern':
      return patternReason(unit, schema) ?? PATTERN_WORDS[String(limit)] ?? `must match the pattern ${limit}`;
    case 'format':
      return FORMAT_WORDS[String(limit)] ?? `must be a ${limit}`;
    case 'not':
      return `must not be ${(limit as { enum?: unknown[] } | undefined)?.enum?.map((item) => JSON.stringify(item)).join(', ') ?? 'of the form that the schema excludes'}`;
    case 'uniqueItems':
      return 'must not have the same entry twice';
    default:
      return `does not fit: ${unit.error}`;
  }
}

function patternReason(unit: OutputUnit, schema: object): string | undefined {
  const hint = valueAt(schema, unit.keywordLocation.replace(/pattern$/, 'x-pattern-reason'));
  return typeof hint === 'string' ? hint : undefined;
}

/** The keyword's value, following local references. */
function valueAt(schema: object, location: string): unknown {
  let current: unknown = schema;
  for (const key of keysOf(decodeURIComponent(location.slice(1)))) {
    current = (current as Record<string, unknown> | undefined)?.[key];
    if (key === '$ref' && typeof current === 'string' && current.startsWith('#')) current = valueAt(schema, current);
  }
  return current;
}
