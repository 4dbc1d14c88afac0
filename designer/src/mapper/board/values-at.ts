/** Whether a value is there at an address: in all elements of the lists on the way, in some, in none. */
export type Presence = 'full' | 'some' | 'empty';

/** The value at an address; of a list that the address does not step into, that of its first element. */
export function valueAt(value: unknown, steps: readonly (string | number)[]): unknown {
  const [step, ...further] = steps;
  if (step === undefined) return value;
  if (Array.isArray(value)) return typeof step === 'number' ? valueAt(value[step], further) : valueAt(value[0], steps);
  if (typeof step === 'number') return step === 0 ? valueAt(value, further) : undefined;
  return isObject(value) && Object.hasOwn(value, step) ? valueAt(value[step], further) : undefined;
}

/** Whether there is a value; null, an empty text and an empty list are none. The number 0 in an address stands for all elements. */
export function presenceAt(value: unknown, steps: readonly (string | number)[]): Presence {
  const [step, ...further] = steps;
  if (Array.isArray(value)) {
    if (value.length === 0) return 'empty';
    if (step === undefined) return 'full';
    if (typeof step === 'number' && step > 0) return presenceAt(value[step], further);
    const each = value.map((element) => presenceAt(element, step === 0 ? further : steps));
    return each.every((presence) => presence === 'full') ? 'full' : each.every(isEmpty) ? 'empty' : 'some';
  }
  if (step === undefined) return value === undefined || value === null || value === '' ? 'empty' : 'full';
  if (step === 0) return presenceAt(value, further);
  return isObject(value) && typeof step === 'string' && Object.hasOwn(value, step)
    ? presenceAt(value[step], further)
    : 'empty';
}

const isEmpty = (presence: Presence): boolean => presence === 'empty';

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The scalar that is expected where a value of another type stands. Type texts of more than one type are not judged; no value contradicts none. */
export function contradicted(value: unknown, type: string): string | undefined {
  const expected = /^(string|number|boolean)( \([^|]*\))?$/.exec(type)?.[1];
  return value === undefined || value === null || typeof value === expected ? undefined : expected;
}

const MAX_LENGTH = 60;

/** A value as a row has room for it. */
export function shortValue(value: unknown, count: (length: number) => string): string {
  if (value === undefined) return '';
  if (Array.isArray(value)) return count(value.length);
  if (isObject(value)) return Object.keys(value).length === 0 ? '{}' : '{…}';
  const text = JSON.stringify(value);
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH - 1)}…` : text;
}
