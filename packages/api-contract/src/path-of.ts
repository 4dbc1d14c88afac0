import type { Route } from './route.ts';

/** Values for the slots of a path or a query; `undefined` ones are left out of a query. */
export type PathValues = Readonly<Record<string, string | number | boolean | undefined>>;

/**
 * The path of a route with its parameters and query filled in, from `/`. Throws a `TypeError` for a parameter that is missing, empty,
 * `.` or `..`: those would lead to another route.
 */
export function pathOf(route: Pick<Route, 'path'>, params: PathValues = {}, query: PathValues = {}): string {
  const path = route.path.replace(/:(\w+)/g, (_slot, name: string) => {
    const value = String(params[name] ?? '');
    if (value === '' || value === '.' || value === '..') {
      throw new TypeError(`the path parameter "${name}" of ${route.path} cannot be "${value}"`);
    }
    return encode(value);
  });
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [`${encode(name)}=${encode(String(value))}`],
  );
  return pairs.length === 0 ? path : `${path}?${pairs.join('&')}`;
}

/** Half a surrogate pair has no place in a URL; it becomes U+FFFD. */
function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}
