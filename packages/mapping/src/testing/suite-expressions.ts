import { existsSync, readdirSync, readFileSync } from 'node:fs';

const GROUPS = new URL('../../../../../shared/jsonata-suite/groups/', import.meta.url);

/** Every expression of JSONata's test suite, for tests; none where the suite is not beside the repository. */
export function suiteExpressions(): string[] {
  if (!existsSync(GROUPS)) return [];
  return readdirSync(GROUPS).flatMap((group) =>
    readdirSync(new URL(`${group}/`, GROUPS))
      .filter((name) => name.endsWith('.json'))
      .flatMap((name) => [JSON.parse(readFileSync(new URL(`${group}/${name}`, GROUPS), 'utf8'))].flat())
      .flatMap(({ expr }) => (typeof expr === 'string' ? [expr] : [])),
  );
}
