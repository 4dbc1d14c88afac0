/** Reads one text parameter of an address; what is absent or empty is left out, so that addresses stay short. */
export function optionalText<Name extends string>(
  search: Record<string, unknown>,
  name: Name,
): { [K in Name]?: string } {
  const value = search[name];
  if (typeof value === 'number') return { [name]: String(value) } as { [K in Name]?: string };
  return (typeof value === 'string' && value !== '' ? { [name]: value } : {}) as { [K in Name]?: string };
}

/** As `optionalText`, for a parameter that knows only these values. */
export function optionalChoice<Name extends string, const Value extends string>(
  search: Record<string, unknown>,
  name: Name,
  values: readonly Value[],
): { [K in Name]?: Value } {
  const value = search[name];
  return (values.some((known) => known === value) ? { [name]: value } : {}) as { [K in Name]?: Value };
}

/** Without the fields that say nothing, so that addresses and cache keys stay short. */
export function dropEmpty<Fields extends object>(fields: Fields): { [K in keyof Fields]?: NonNullable<Fields[K]> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== '')) as {
    [K in keyof Fields]?: NonNullable<Fields[K]>;
  };
}
