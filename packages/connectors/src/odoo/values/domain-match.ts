import type { Condition, DomainPart } from './domain.ts';

/** Whether something is so; undefined where that cannot be told. */
type Told = boolean | undefined;
type Fields = Readonly<Record<string, unknown>>;

/**
 * Whether a record is one that a domain lets through, by the fields that it has: undefined where they do not tell, as for fields that were not read,
 * fields of other models, or operators that only Odoo knows.
 */
export function domainMatches(domain: readonly DomainPart[], record: Fields): Told {
  let at = 0;
  const term = (): Told => {
    const part = domain[at++];
    if (part === '!') return negated(term());
    if (part === '&') return both(term(), term());
    if (part === '|') return negated(both(negated(term()), negated(term())));
    return part === undefined ? undefined : conditionHolds(part, record);
  };
  let all: Told = true;
  while (at < domain.length) all = both(all, term());
  return all;
}

const negated = (told: Told): Told => (told === undefined ? undefined : !told);
const both = (a: Told, b: Told): Told =>
  a === false || b === false ? false : a === undefined || b === undefined ? undefined : true;

function conditionHolds([field, operator, value]: Condition, record: Fields): Told {
  if (!Object.hasOwn(record, field)) return undefined;
  const own = record[field];
  switch (operator.toLowerCase()) {
    case '=':
      return isOneOf(own, listed(value));
    case '!=':
    case '<>':
      return negated(isOneOf(own, listed(value)));
    case 'in':
      return Array.isArray(value) ? isOneOf(own, value) : undefined;
    case 'not in':
      return Array.isArray(value) ? negated(isOneOf(own, value)) : undefined;
    case '=?':
      return isEmpty(value) ? true : isOneOf(own, listed(value));
    case '<':
      return compares(own, value, (order) => order < 0);
    case '<=':
      return compares(own, value, (order) => order <= 0);
    case '>':
      return compares(own, value, (order) => order > 0);
    case '>=':
      return compares(own, value, (order) => order >= 0);
    case 'like':
    case 'ilike':
      return isLike(own, value, { isPart: true, operator });
    case 'not like':
    case 'not ilike':
      return negated(isLike(own, value, { isPart: true, operator }));
    case '=like':
    case '=ilike':
      return isLike(own, value, { isPart: false, operator });
    default:
      return undefined;
  }
}

const listed = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

/** Odoo has false for what is empty, records have null. */
const isEmpty = (value: unknown): boolean => value === null || value === undefined || value === false;

/** Of a list of ids one suffices. */
function isOneOf(own: unknown, values: readonly unknown[]): Told {
  const owns = Array.isArray(own) && own.length > 0 ? own : [Array.isArray(own) ? null : own];
  let isTold = true;
  for (const one of owns)
    for (const value of values) {
      const told = isSame(one, value);
      if (told) return true;
      if (told === undefined) isTold = false;
    }
  return isTold ? false : undefined;
}

function isSame(own: unknown, value: unknown): Told {
  if (isEmpty(own) || isEmpty(value)) return isEmpty(own) && isEmpty(value);
  if (typeof own !== typeof value || typeof own === 'object') return undefined;
  if (own === value) return true;
  const instants = bothInstants(own, value);
  return instants === undefined ? undefined : instants && instants[0] === instants[1];
}

function compares(own: unknown, value: unknown, holds: (order: number) => boolean): Told {
  if (isEmpty(own)) return false;
  if (typeof own === 'number' && typeof value === 'number') return holds(own - value);
  const instants = bothInstants(own, value);
  // Texts are sorted as the database is set up.
  return instants ? holds(instants[0] - instants[1]) : undefined;
}

const INSTANT = /^(\d{4}-\d\d-\d\d)([T ]\d\d:\d\d:\d\d(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?$/;

/** Both as milliseconds; false for texts that are no times, undefined for a day and a time of day, which are no equals. */
function bothInstants(own: unknown, value: unknown): readonly [number, number] | false | undefined {
  if (typeof own !== 'string' || typeof value !== 'string') return false;
  const [a, b] = [INSTANT.exec(own), INSTANT.exec(value)];
  if (!a || !b) return false;
  if ((a[2] === undefined) !== (b[2] === undefined)) return undefined;
  return [instantOf(a), instantOf(b)];
}

/** Odoo's own form has a space and is in UTC. */
const instantOf = ([, day, time = 'T00:00:00', zone = 'Z']: RegExpExecArray): number =>
  Date.parse(`${day}${time.replace(' ', 'T')}${zone}`);

function isLike(own: unknown, value: unknown, { isPart, operator }: { isPart: boolean; operator: string }): Told {
  if (isEmpty(own)) return false;
  if (typeof own !== 'string' || typeof value !== 'string') return undefined;
  const isBlind = operator.toLowerCase().endsWith('ilike');
  const [text, pattern] = isBlind ? [own.toLowerCase(), value.toLowerCase()] : [own, value];
  if (fits(text, isPart ? `%${pattern}%` : pattern)) return true;
  // With "unaccent" Odoo takes é for e.
  return isBlind && /[^\x20-\x7e]/.test(own + value) ? undefined : false;
}

/** SQL's LIKE, in linear time for each `%`: `_` is any character, `%` any number of them. */
function fits(text: string, pattern: string): boolean {
  let [at, sign, star, from] = [0, 0, -1, 0];
  while (at < text.length) {
    if (pattern[sign] === '%') [star, from, sign] = [sign, at, sign + 1];
    else if (pattern[sign] === '_' || pattern[sign] === text[at]) [at, sign] = [at + 1, sign + 1];
    else if (star < 0) return false;
    else [from, at, sign] = [from + 1, from + 1, star + 1];
  }
  while (pattern[sign] === '%') sign++;
  return sign === pattern.length;
}
