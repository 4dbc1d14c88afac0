import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** The language's own test suite lies beside the project, and is no part of it. Its rules: `TESTSUITE.md` there. */
const SUITE = new URL('../../../../../shared/jsonata-suite/', import.meta.url);

/** A case of the suite as its file has it. */
interface CaseFile {
  readonly expr?: string;
  readonly 'expr-file'?: string;
  readonly data?: unknown;
  readonly dataset?: string | null;
  readonly timelimit?: number;
  readonly depth?: number;
  readonly bindings?: Readonly<Record<string, unknown>>;
  readonly result?: unknown;
  readonly code?: string;
  readonly error?: { readonly code?: string };
  readonly token?: string;
}

/** A case of JSONata's test suite. */
export interface SuiteCase extends Pick<CaseFile, 'timelimit' | 'depth' | 'token'> {
  readonly group: string;
  /** Its file, and its place in it where that has several. */
  readonly name: string;
  readonly expr: string;
  readonly data: unknown;
  readonly bindings: Readonly<Record<string, unknown>>;
  readonly result: unknown;
  /** It gives `result`; otherwise it fails or gives nothing. */
  readonly gives: boolean;
  /** What it fails with. */
  readonly code: string | undefined;
}

/** Every case, in the order of groups and files; none where the suite is not beside the project. */
export function suiteCases(): SuiteCase[] {
  if (!existsSync(SUITE)) return [];
  const groups = readdirSync(new URL('groups/', SUITE)).sort();
  return groups.flatMap((group) =>
    readdirSync(new URL(`groups/${group}/`, SUITE))
      .filter((file) => file.endsWith('.json'))
      .flatMap((file) => casesOf(group, file)),
  );
}

function casesOf(group: string, file: string): SuiteCase[] {
  const all = [readJson(`groups/${group}/${file}`) as CaseFile | CaseFile[]].flat();
  return all.map((one, at) => {
    const { bindings = {}, result, code = one.error?.code, timelimit, depth, token } = one;
    return {
      group,
      name: `${file.slice(0, -5)}${all.length > 1 ? ` ${at}` : ''}`,
      expr: one.expr ?? read(`groups/${group}/${one['expr-file']}`),
      data: typeof one.dataset === 'string' ? readJson(`datasets/${one.dataset}.json`) : one.data,
      ...{ bindings, result, gives: 'result' in one, code },
      ...(timelimit === undefined ? {} : { timelimit }),
      ...(depth === undefined ? {} : { depth }),
      ...(token === undefined ? {} : { token }),
    };
  });
}

const read = (path: string): string => readFileSync(new URL(path, SUITE), 'utf8');

const readJson = (path: string): unknown => JSON.parse(read(path));
