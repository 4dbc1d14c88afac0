/** What stands where a masked value was, by the name of its field; the first that fits. All of it can be seen to be invented. */
const BY_NAME: readonly (readonly [RegExp, string])[] = [
  [/mail/i, 'ann@example.com'],
  [/phone|mobile|tel|fax/i, '+1 212 555 0100'],
  [/street|address/i, 'Example Street 1'],
  [/zip|post/i, '00000'],
  [/city|town/i, 'Exampleton'],
  [/url|website|link/i, 'https://example.com/masked'],
  [/name/i, 'Ann Example'],
];

/**
 * A recorded value with an invented one wherever `marker` stands for a masked one, also within a longer text. The same field name gives the same
 * value everywhere, so that what was equal stays so.
 */
export function withInvented(value: unknown, marker: string, name = ''): unknown {
  if (typeof value === 'string') return value.includes(marker) ? value.replaceAll(marker, inventedFor(name)) : value;
  if (Array.isArray(value)) return value.map((item) => withInvented(item, marker, name));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, withInvented(child, marker, key)]));
}

function inventedFor(name: string): string {
  return BY_NAME.find(([pattern]) => pattern.test(name))?.[1] ?? 'Masked';
}
