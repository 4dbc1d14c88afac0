import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../../../shared/jsonata-suite/', import.meta.url));

/** A case of the language's test suite that has an answer. */
export interface SuiteCase {
  /** Group, file and place in it. */
  readonly name: string;
  readonly expr: string;
  readonly input: unknown;
  readonly bindings: Readonly<Record<string, unknown>>;
}

interface RawCase {
  expr?: string;
  'expr-file'?: string;
  data?: unknown;
  dataset?: string | null;
  bindings?: Record<string, unknown>;
  code?: string;
  error?: unknown;
  depth?: number;
  timelimit?: number;
}

/** Every case of the suite but those that end in an error or are about limits; undefined where the suite is not there. */
export function suiteCases(): SuiteCase[] | undefined {
  if (!existsSync(folder)) return undefined;
  return readdirSync(`${folder}groups`).flatMap((group) =>
    readdirSync(`${folder}groups/${group}`)
      .filter((file) => file.endsWith('.json'))
      .flatMap((file) => casesOf(group, file)),
  );
}

function casesOf(group: string, file: string): SuiteCase[] {
  const made = readJson(`groups/${group}/${file}`) as RawCase | RawCase[];
  const all = Array.isArray(made) ? made : [made];
  return all.flatMap((raw, at) => {
    if (raw.code !== undefined || raw.error !== undefined || raw.depth !== undefined) return [];
    const expr = raw.expr ?? readFileSync(`${folder}groups/${group}/${raw['expr-file']}`, 'utf8');
    const name = `${group}/${file.slice(0, -5)}${all.length > 1 ? ` ${at}` : ''}`;
    return [{ name, expr, input: inputOf(raw), bindings: raw.bindings ?? {} }];
  });
}

function inputOf({ data, dataset }: RawCase): unknown {
  if (data !== undefined) return data;
  return typeof dataset === 'string' ? readJson(`datasets/${dataset}.json`) : undefined;
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(folder + path, 'utf8'));
}
