import type { AuditDetail } from '@crossdock/api-contract';

export type AuditFormat = 'csv' | 'jsonl';

const COLUMNS: readonly [title: string, value: (row: AuditDetail) => unknown][] = [
  ['number', (row) => row.number],
  ['at', (row) => row.at],
  ['actor kind', (row) => row.by.kind],
  ['actor id', (row) => row.by.id],
  ['actor', (row) => row.by.name],
  ['action', (row) => row.action],
  ['thing', (row) => row.thing],
  ['thing name', (row) => row.thingName],
  ['environment', (row) => row.env],
  ['before', (row) => row.before],
  ['after', (row) => row.after],
  ['address', (row) => row.address],
  ['user agent', (row) => row.userAgent],
];

/** What stands above the rows of a file. */
export function fileHeadOf(format: AuditFormat): string {
  return format === 'csv' ? csvLine(COLUMNS.map(([title]) => title)) : '';
}

/** One row as a line of the file. */
export function fileLineOf(row: AuditDetail, format: AuditFormat): string {
  return format === 'csv' ? csvLine(COLUMNS.map(([, value]) => value(row))) : `${JSON.stringify(row)}\n`;
}

/** RFC 4180. What a spreadsheet would take for a formula gets an apostrophe before it (OWASP, CSV injection). */
function csvLine(values: readonly unknown[]): string {
  const cells = values.map((value) => {
    if (value === null || value === undefined) return '';
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  });
  return `${cells.join(',')}\r\n`;
}
