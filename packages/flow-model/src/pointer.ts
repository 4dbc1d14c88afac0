/** JSON Pointer (RFC 6901) of these keys. */
export function pointerOf(keys: readonly (string | number)[]): string {
  return keys.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** The keys of a JSON Pointer. */
export function keysOf(pointer: string): string[] {
  if (pointer === '') return [];
  return pointer
    .slice(1)
    .split('/')
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The place of a JSON Pointer as people write it: `customer.name` of `/customer/name`; nothing for the whole. */
export function fieldAt(pointer: string): string {
  return fieldName(keysOf(pointer));
}

/** The same place as people write it: `config.cases[0].id`. */
export function fieldName(keys: readonly string[]): string {
  return keys.map((key, index) => (/^\d+$/.test(key) ? `[${key}]` : index === 0 ? key : `.${key}`)).join('');
}
