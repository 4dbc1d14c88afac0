import { sizeText } from '@crossdock/payload';
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconArrowsDiagonal, IconArrowsDiagonalMinimize2, IconCopy, IconDownload } from '@tabler/icons-react';
import { type ReactNode, useMemo, useState } from 'react';
import { uiTexts } from '../texts/index.ts';
import { copyText } from './clipboard.ts';
import classes from './JsonTree.module.css';
import { JsonTreeRows } from './JsonTreeRows.tsx';
import { JsonTreeSearch } from './JsonTreeSearch.tsx';
import { ancestorsOf, firstOpen, type PathStep, visibleRows } from './json-rows.ts';
import { notifyDone } from './notify.tsx';
import { Segments } from './Segments.tsx';
import { saveFile } from './save-file.ts';

const t = uiTexts.tree;
const RAW_LIMIT = 400_000;
/** Unfolding all stops here: beyond it the tree is searched, not read. */
const UNFOLD_ALL_ROWS = 5_000;

export type TreeView = 'tree' | 'raw';

/**
 * A payload as a folding tree or as text, with search and copy. Only what is on the screen is drawn, so a payload of
 * megabytes scrolls as a small one. `name` says what it is ("Input"); the view can be held by the caller for its address.
 */
export function JsonTree({
  value,
  name,
  view,
  onViewChange,
}: {
  value: unknown;
  name: string;
  view?: TreeView;
  onViewChange?: (view: TreeView) => void;
}) {
  const [ownView, setOwnView] = useState<TreeView>('tree');
  const shown = view ?? ownView;
  return (
    <section className={classes.pane} aria-label={name}>
      {shown === 'tree' ? (
        <Tree key={treeKey(value)} value={value} name={name} view={shown} onViewChange={onViewChange ?? setOwnView} />
      ) : (
        <Raw value={value} name={name} view={shown} onViewChange={onViewChange ?? setOwnView} />
      )}
    </section>
  );
}

interface ViewProps {
  value: unknown;
  name: string;
  view: TreeView;
  onViewChange: (view: TreeView) => void;
}

function Tree({ value, name, view, onViewChange }: ViewProps) {
  const [open, setOpen] = useState<ReadonlySet<string>>(() => firstOpen(value));
  const [hit, setHit] = useState<readonly PathStep[]>();
  const rows = useMemo(() => visibleRows(value, open), [value, open]);
  const showHit = (path: readonly PathStep[] | undefined) => {
    setHit(path);
    if (path) setOpen((now) => new Set([...now, ...ancestorsOf(value, path)]));
  };
  return (
    <>
      <div className={classes.bar}>
        <strong className={classes.name}>{name}</strong>
        <JsonTreeSearch value={value} name={name} onHit={showHit} />
        <Action label={t.expandAll} onClick={() => setOpen(firstOpen(value, UNFOLD_ALL_ROWS))}>
          <IconArrowsDiagonal size={14} />
        </Action>
        <Action label={t.collapseAll} onClick={() => setOpen(new Set())}>
          <IconArrowsDiagonalMinimize2 size={14} />
        </Action>
        <PayloadActions value={value} name={name} />
        <ViewSwitch view={view} onViewChange={onViewChange} name={name} />
      </div>
      <JsonTreeRows
        rows={rows}
        label={t.label(name)}
        hit={hit}
        onToggle={(id) =>
          setOpen((now) => {
            const next = new Set(now);
            if (!next.delete(id)) next.add(id);
            return next;
          })
        }
      />
    </>
  );
}

function Raw({ value, name, view, onViewChange }: ViewProps) {
  const text = useMemo(() => JSON.stringify(value, null, 2) ?? '', [value]);
  const cut = text.length > RAW_LIMIT;
  return (
    <>
      <div className={classes.bar}>
        <strong className={classes.name}>{name}</strong>
        <span className={classes.gap} />
        <PayloadActions value={value} name={name} />
        <ViewSwitch view={view} onViewChange={onViewChange} name={name} />
      </div>
      {cut && <p className={classes.note}>{t.rawCut(sizeText(RAW_LIMIT), sizeText(text.length))}</p>}
      <pre className={classes.raw}>{cut ? text.slice(0, RAW_LIMIT) : text}</pre>
    </>
  );
}

function PayloadActions({ value, name }: { value: unknown; name: string }) {
  const asText = () => JSON.stringify(value, null, 2) ?? '';
  return (
    <>
      <Action
        label={t.copyAll}
        onClick={async () => {
          if (await copyText(asText())) notifyDone(uiTexts.copied);
        }}
      >
        <IconCopy size={14} />
      </Action>
      <Action label={t.download} onClick={() => saveFile(`${name.toLowerCase()}.json`, asText())}>
        <IconDownload size={14} />
      </Action>
    </>
  );
}

function ViewSwitch({ view, onViewChange, name }: Pick<ViewProps, 'view' | 'onViewChange' | 'name'>) {
  return (
    <Segments
      label={`${t.view}: ${name}`}
      value={view}
      onChange={onViewChange}
      options={[
        { value: 'tree', label: t.tree },
        { value: 'raw', label: t.raw },
      ]}
    />
  );
}

function Action({ label, onClick, children }: { label: string; onClick: () => void; children: ReactNode }) {
  return (
    <Tooltip label={label}>
      <ActionIcon size={24} aria-label={label} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}

const seen = new WeakMap<object, number>();
let counter = 0;

/** Another payload starts with its own folds; the same object keeps them. */
function treeKey(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  if (!seen.has(value)) seen.set(value, ++counter);
  return String(seen.get(value));
}
