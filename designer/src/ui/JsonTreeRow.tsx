import { sizeText } from '@crossdock/payload';
import { IconChevronRight, IconFile, IconLock } from '@tabler/icons-react';
import { type CSSProperties, type Ref, useState } from 'react';
import { uiTexts } from '../texts/index.ts';
import { copyText } from './clipboard.ts';
import classes from './JsonTree.module.css';
import { formatPath, type JsonRow } from './json-rows.ts';
import { notifyDone } from './notify.tsx';

const t = uiTexts.tree;
const LONG = 160;

/** One line: twist, name, value or summary, and what can be copied. */
export function JsonTreeRow({
  row,
  id,
  index,
  top,
  selected,
  hit,
  ref,
}: {
  row: JsonRow;
  id: string;
  index: number;
  top: number;
  selected: boolean;
  hit: boolean;
  ref: Ref<HTMLDivElement>;
}) {
  const foldable = row.count > 0;
  return (
    <div
      ref={ref}
      id={id}
      data-index={index}
      role="treeitem"
      tabIndex={-1}
      aria-level={row.depth + 1}
      aria-selected={selected}
      {...(foldable ? { 'aria-expanded': row.open } : {})}
      data-hit={hit || undefined}
      className={classes.row}
      style={{ '--depth': row.depth, transform: `translateY(${top}px)` } as CSSProperties}
    >
      <span className={classes.twist} data-open={row.open || undefined} aria-hidden>
        {foldable && <IconChevronRight size={12} />}
      </span>
      {row.label !== undefined && (
        <>
          <span className={classes.label} data-item={typeof row.label === 'number' || undefined}>
            {row.label}
          </span>
          <span className={classes.colon}>: </span>
        </>
      )}
      <RowValue row={row} />
      {row.kind !== 'range' && (
        <span className={classes.tools}>
          {row.depth > 0 && (
            <button type="button" tabIndex={-1} onClick={stopped(() => copyPath(row))}>
              {t.copyPath}
            </button>
          )}
          {row.kind !== 'masked' && (
            <button type="button" tabIndex={-1} onClick={stopped(() => copyValue(row))}>
              {t.copyValue}
            </button>
          )}
        </span>
      )}
    </div>
  );
}

function RowValue({ row }: { row: JsonRow }) {
  switch (row.kind) {
    case 'range':
      return <span className={`${classes.value} ${classes.summary}`}>{t.range(row.from ?? 0, row.to ?? 0)}</span>;
    case 'object':
      return (
        <span className={`${classes.value} ${classes.summary}`}>{row.open ? '{' : `{ ${t.fields(row.count)} }`}</span>
      );
    case 'array':
      return (
        <span className={`${classes.value} ${classes.summary}`}>{row.open ? '[' : `[ ${t.items(row.count)} ]`}</span>
      );
    case 'masked':
      return (
        <span className={classes.value}>
          <span className={classes.masked} title={t.maskedHint}>
            <IconLock size={12} aria-hidden /> {t.masked}
          </span>
        </span>
      );
    case 'blob':
      return <BlobValue value={row.value} />;
    case 'string':
      return <TextValue text={String(row.value)} />;
    default:
      return (
        <span className={classes.value} data-kind={row.kind}>
          {String(row.value)}
        </span>
      );
  }
}

function TextValue({ text }: { text: string }) {
  const [whole, setWhole] = useState(false);
  if (text.length <= LONG)
    return (
      <span className={classes.value} data-kind="string" title={text}>
        {JSON.stringify(text)}
      </span>
    );
  return (
    <span className={classes.value} data-kind="string" data-long={whole || undefined}>
      {whole ? text : JSON.stringify(text.slice(0, LONG)).slice(0, -1)}
      <button type="button" tabIndex={-1} className={classes.more} onClick={stopped(() => setWhole(!whole))}>
        {whole ? t.less : `… ${t.more(text.length - LONG)}`}
      </button>
    </span>
  );
}

function BlobValue({ value }: { value: unknown }) {
  const blob = (value as { $blob: { contentType?: unknown; size?: unknown } }).$blob;
  return (
    <span className={`${classes.value} ${classes.blob}`}>
      <IconFile size={14} aria-hidden />
      {t.blob(String(blob?.contentType ?? ''), sizeText(Number(blob?.size ?? 0)))}
    </span>
  );
}

/** A string as it is, anything else as JSON. */
export async function copyValue(row: JsonRow): Promise<void> {
  const text = typeof row.value === 'string' ? row.value : JSON.stringify(row.value, null, 2);
  if (await copyText(text)) notifyDone(uiTexts.copied);
}

export async function copyPath(row: JsonRow): Promise<void> {
  if (await copyText(formatPath(row.path))) notifyDone(uiTexts.copied);
}

function stopped(act: () => unknown) {
  return (event: { stopPropagation: () => void }) => {
    event.stopPropagation();
    act();
  };
}
