/** The limit that each of these codes reports. */
export const LIMITS_BY_CODE: Readonly<Record<string, string>> = {
  D1011: 'depth',
  D1012: 'time',
  D2014: 'sequence length',
  D2015: 'sequence length',
  STRING_LIMIT: 'string length',
};

/** Longer strings are refused: what walks one is not stopped by the time limit on its way. */
export const MAX_STRING_LENGTH = 16 * 1024 * 1024;

/** More elements are no range, whatever the limits allow. */
export const MAX_RANGE = 1e7;

/** The details of `DATA_MAPPING_LIMIT`: which limit, and how much it allows, in words. */
export type LimitDetails = { readonly limit: string; readonly most: string };

/** What is told of an error with one of these codes; `value` is what JSONata tells with it. Undefined for another code. */
export function limitDetails(code: string, value: unknown): LimitDetails | undefined {
  const limit = LIMITS_BY_CODE[code];
  return limit === undefined ? undefined : { limit, most: mostOf(code, Number(value)) };
}

function mostOf(code: string, value: number): string {
  switch (code) {
    case 'D1011':
      return `${value} levels`;
    case 'D1012':
      return `${Math.ceil(value)} ms`;
    case 'D2014':
      return `${MAX_RANGE} elements with a range of ${value}`;
    case 'D2015':
      return `${value} elements`;
    default:
      return `${MAX_STRING_LENGTH} characters`;
  }
}

/** Whether an evaluation threw this because it went over a limit, itself or inside `$eval`. */
export function isLimitError(thrown: unknown): boolean {
  const { code = '', error } = (thrown ?? {}) as { code?: string; error?: unknown };
  return LIMITS_BY_CODE[code] !== undefined || (error !== undefined && isLimitError(error));
}
