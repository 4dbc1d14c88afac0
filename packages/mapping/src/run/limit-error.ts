/** The limit that each of these codes reports. */
export const LIMITS_BY_CODE: Readonly<Record<string, string>> = {
  D1011: 'depth',
  D1012: 'time',
  D2014: 'sequence length',
  D2015: 'sequence length',
  STRING_LIMIT: 'string length',
};

/** Whether an evaluation threw this because it went over a limit, itself or inside `$eval`. */
export function isLimitError(thrown: unknown): boolean {
  const { code = '', error } = (thrown ?? {}) as { code?: string; error?: unknown };
  return LIMITS_BY_CODE[code] !== undefined || (error !== undefined && isLimitError(error));
}
