import { existsSync, readdirSync, readFileSync } from 'node:fs';

const SUITE = new URL('../../../../../shared/jsonata-suite/', import.meta.url);

/** A case of JSONata's test suite, as far as it is about an expression and its data. */
export interface SuiteCase {
  readonly expr: string;
  readonly data: unknown;
  readonly bindings: Readonly<Record<string, unknown>>;
  readonly result: unknown;
  /** It gives `result`; otherwise it fails or gives nothing. */
  readonly gives: boolean;
}

/** The cases of JSONata's test suite, for tests; none where the suite is not beside the repository. */
export function suiteCases(): SuiteCase[] {
  if (!existsSync(SUITE)) return [];
  return readdirSync(new URL('groups/', SUITE)).flatMap((group) =>
    readdirSync(new URL(`groups/${group}/`, SUITE))
      .filter((name) => name.endsWith('.json'))
      .flatMap((name) => [readJson(`groups/${group}/${name}`)].flat())
      .flatMap(({ expr, data, dataset, bindings = {}, ...rest }) =>
        typeof expr === 'string'
          ? [
              {
                expr,
                data: data ?? (dataset ? readJson(`datasets/${dataset}.json`) : undefined),
                bindings,
                result: rest.result,
                gives: 'result' in rest,
              },
            ]
          : [],
      ),
  );
}

export const suiteExpressions = (): string[] => suiteCases().map(({ expr }) => expr);

// biome-ignore lint/suspicious/noExplicitAny: cases of the suite are checked nowhere
const readJson = (path: string): any => JSON.parse(readFileSync(new URL(path, SUITE), 'utf8'));
