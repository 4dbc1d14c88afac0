import { Fragment, type ReactNode } from 'react';
import './markdown.css';

const INLINE = /(`[^`]+`|\*\*[^*]+\*\*|\*[^*\s][^*]*\*|(?<!\w)_[^_\s][^_]*_(?!\w)|\[[^\]]+\]\(https?:\/\/[^\s)]+\))/;

/**
 * Markdown as the manifests' docs and the flows' READMEs use it (paragraphs, lists, tables, code, emphasis, links), as React elements: text never
 * becomes HTML, so nothing in it can run.
 */
export function Markdown({ text }: { text: string }) {
  const blocks = text.trim().split(/\n{2,}/);
  return <div className="cd-markdown">{keyed(blocks.map((block) => <Block text={block} />))}</div>;
}

function Block({ text }: { text: string }) {
  const lines = text.split('\n');
  const heading = /^#{1,4} (.*)$/.exec(lines[0] ?? '');
  if (heading) return <h4>{inline(heading[1] ?? '')}</h4>;
  if (lines[0]?.startsWith('```'))
    return <pre>{lines.slice(1, lines.at(-1) === '```' ? -1 : undefined).join('\n')}</pre>;
  if (lines.length > 2 && lines.every((line) => line.startsWith('|'))) return <Table lines={lines} />;
  if (lines[0]?.startsWith('- ')) return <ul>{keyed(items(lines).map((item) => <li>{inline(item)}</li>))}</ul>;
  return <p>{inline(lines.join(' '))}</p>;
}

function Table({ lines }: { lines: readonly string[] }) {
  const cells = (line: string) =>
    line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim());
  const [head = '', , ...rows] = lines;
  return (
    <table>
      <thead>
        <tr>{keyed(cells(head).map((cell) => <th>{inline(cell)}</th>))}</tr>
      </thead>
      <tbody>{keyed(rows.map((row) => <tr>{keyed(cells(row).map((cell) => <td>{inline(cell)}</td>))}</tr>))}</tbody>
    </table>
  );
}

/** List items; a line that begins no item goes on with the one before. */
function items(lines: readonly string[]): string[] {
  const found: string[] = [];
  for (const line of lines) {
    if (line.startsWith('- ')) found.push(line.slice(2));
    else found.push(`${found.pop() ?? ''} ${line.trim()}`);
  }
  return found;
}

function inline(text: string): ReactNode {
  return keyed(text.split(INLINE).map((part) => <Inline text={part} />));
}

function Inline({ text }: { text: string }): ReactNode {
  if (!INLINE.test(text)) return text;
  if (text.startsWith('`')) return <code>{text.slice(1, -1)}</code>;
  if (text.startsWith('**')) return <strong>{text.slice(2, -2)}</strong>;
  if (text.startsWith('*') || text.startsWith('_')) return <em>{text.slice(1, -1)}</em>;
  const [, label, address] = /^\[([^\]]+)\]\(([^)]+)\)$/.exec(text) ?? [];
  return (
    <a href={address} target="_blank" rel="noreferrer">
      {label}
    </a>
  );
}

/** Pieces of a text never move, so their place is their key. */
function keyed(nodes: readonly ReactNode[]): ReactNode[] {
  return nodes.map((node, place) => <Fragment key={`at-${place + 1}`}>{node}</Fragment>);
}
