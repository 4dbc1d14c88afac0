import { type CatalogueRow, catalogue, type RetryClass } from './catalogue/index.ts';

const PREFIXES: readonly (readonly [prefix: string, title: string, meaning: string])[] = [
  ['FLOW_', 'Flows', 'The flow document is wrong; its author mends it. Returned as issues.'],
  ['CONFIG_', 'Configuration', 'A connection, a credential or a variable is missing or wrong; the operator mends it.'],
  ['DATA_', 'Data', 'A payload or a mapping does not fit; the sender or the author mends it.'],
  ['REMOTE_', 'Other systems', 'The system that was called has trouble, or refused the call.'],
  ['RUN_', 'Executions', 'The execution as a whole came to an end; the operator decides.'],
  ['API_', 'HTTP API', 'The request to our API was wrong; the caller mends it.'],
  ['SYSTEM_', 'Crossdock itself', 'Our defect or our infrastructure.'],
];

/** Whether a node that failed with an error of this class is tried again, in words. */
export const RETRY_WORDS: Readonly<Record<RetryClass, string>> = {
  never: 'no',
  backoff: 'by the node’s policy',
  after: 'when the other system says',
  redeliver: 'by another delivery',
};

/** The page `docs/errors.md`: every error of the catalogue with its message, retry, HTTP status and what to do. */
export function errorsMarkdown(): string {
  const sections = PREFIXES.map(([prefix, title, meaning]) => {
    const rows = Object.entries(catalogue).filter(([code]) => code.startsWith(prefix));
    const head = '| Code | Message | Retried | HTTP | What to do |\n|---|---|---|---|---|';
    return `## ${title}\n\n${meaning}\n\n${head}\n${rows.map(([code, row]) => line(code, row)).join('\n')}\n`;
  });
  const intro = `# Errors

Every error has one of these codes. \`{…}\` stands for a detail of the case at hand. The page is written from
\`packages/errors/src/catalogue/\`.
`;
  return [intro, ...sections].join('\n');
}

function line(code: string, row: CatalogueRow): string {
  const cells = [`\`${code}\``, row.message, RETRY_WORDS[row.retry], String(row.http), row.fix];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
