import { CsvError, parse } from 'csv-parse/sync';
import { idProblem, isSystem } from './names.ts';
import type { SystemId } from './record.ts';

/** One line of an import: what one thing is called in each system. */
export interface TableRow {
  /** Its line in the file, from 1. */
  readonly line: number;
  readonly ids: readonly SystemId[];
  readonly name?: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** What is wrong with a line, or with the file where it names none. */
export interface TableProblem {
  readonly line: number;
  readonly column?: string;
  readonly message: string;
}

export interface Table {
  readonly rows: readonly TableRow[];
  readonly problems: readonly TableProblem[];
}

export const MAX_TABLE_ROWS = 5000;
const NAME_COLUMN = 'name';
const FIELD_PREFIX = 'field.';

type Column = { title: string } & ({ kind: 'system' } | { kind: 'name' } | { kind: 'field'; field: string });

/**
 * Reads a CSV file whose columns are systems, `name`, and `field.<key field>`; each line is one thing. The separator is the one that the first line
 * has: comma, semicolon or tab. Gives the lines that can be read, and what is wrong with the others.
 */
export function readTable(text: string): Table {
  let records: { record: string[]; info: { lines: number } }[];
  try {
    records = parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      trim: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
    }) as unknown as typeof records;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { rows: [], problems: [{ line: Number(error.lines ?? 1), message: `is no CSV: ${error.message}` }] };
  }
  const [head, ...body] = records;
  if (!head) return { rows: [], problems: [{ line: 1, message: 'is empty: name the systems in the first line' }] };
  const { columns, problems } = columnsOf(head.record);
  if (problems.length > 0) return { rows: [], problems };
  if (body.length > MAX_TABLE_ROWS)
    return { rows: [], problems: [{ line: 1, message: `has more than ${MAX_TABLE_ROWS} lines: import it in parts` }] };
  return readRows(columns, body);
}

function delimiterOf(text: string): string {
  const [first = ''] = text.split(/\r?\n/, 1);
  return [',', ';', '\t'].toSorted((a, b) => first.split(b).length - first.split(a).length)[0] ?? ',';
}

function columnsOf(titles: readonly string[]): { columns: Column[]; problems: TableProblem[] } {
  const problem = (message: string, column?: string) => ({
    columns: [],
    problems: [{ line: 1, ...(column === undefined ? {} : { column }), message }],
  });
  const columns = titles.map((title): Column => {
    if (title === NAME_COLUMN) return { title, kind: 'name' };
    if (title.startsWith(FIELD_PREFIX)) return { title, kind: 'field', field: title.slice(FIELD_PREFIX.length) };
    return { title, kind: 'system' };
  });
  const twice = titles.find((title, at) => titles.indexOf(title) !== at);
  if (twice !== undefined) return problem('stands twice in the first line', twice);
  const odd = columns.find(({ kind, title }) => kind === 'system' && !isSystem(title));
  if (odd)
    return problem(
      'is no name of a system: small letters, digits and . _ - / only; other columns are "name" and "field.…"',
      odd.title,
    );
  const systems = columns.filter(({ kind }) => kind === 'system');
  return systems.length === 0 ? problem('has no column of a system') : { columns, problems: [] };
}

function readRows(columns: readonly Column[], body: readonly { record: string[]; info: { lines: number } }[]): Table {
  const rows: TableRow[] = [];
  const problems: TableProblem[] = [];
  const seen = new Map<string, number>();
  for (const { record, info } of body) {
    const row = rowOf(columns, record, info.lines);
    const found = rowProblems(row, record.length > columns.length, seen);
    problems.push(...found);
    if (found.length === 0) rows.push(row);
  }
  return { rows, problems };
}

function rowOf(columns: readonly Column[], cells: readonly string[], line: number): TableRow {
  const ids: SystemId[] = [];
  const fields: Record<string, string> = {};
  let name: string | undefined;
  columns.forEach((column, at) => {
    const cell = cells[at] ?? '';
    if (cell === '') return;
    if (column.kind === 'system') ids.push({ system: column.title, id: cell });
    else if (column.kind === 'field') fields[column.field] = cell;
    else name = cell;
  });
  return { line, ids, fields, ...(name === undefined ? {} : { name }) };
}

function rowProblems({ line, ids }: TableRow, isTooLong: boolean, seen: Map<string, number>): TableProblem[] {
  if (isTooLong) return [{ line, message: 'has more cells than the first line' }];
  if (ids.length === 0) return [{ line, message: 'names no id' }];
  return ids.flatMap(({ system, id }) => {
    const problem = idProblem(id);
    if (problem !== undefined) return [{ line, column: system, message: problem }];
    const key = JSON.stringify([system, id]);
    const earlier = seen.get(key);
    if (earlier !== undefined) return [{ line, column: system, message: `"${id}" stands in line ${earlier} already` }];
    seen.set(key, line);
    return [];
  });
}
