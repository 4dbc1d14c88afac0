import {
  allNodes,
  type MappingShapes,
  matchesByName,
  readLines,
  type SourceNode,
  type SourcePath,
  type Span,
  sourceTree,
  type TargetNode,
  targetTree,
} from '@crossdock/mapping';
import { Button, TextInput } from '@mantine/core';
import { IconSearch, IconWand } from '@tabler/icons-react';
import { type DragEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { boardTexts as texts } from '../../texts/index.ts';
import { type BoardLine, BoardLines } from './BoardLines.tsx';
import { BoardTree, type BoardTreeHandle } from './BoardTree.tsx';
import classes from './board.module.css';
import { boardEdits } from './board-edits.ts';
import { type BoardRow, boardRows, rowId } from './board-rows.ts';
import { type SampleResult, TargetRow, targetLabel } from './TargetRow.tsx';
import { useSize } from './use-size.ts';
import { shortValue, valueAt } from './values-at.ts';

const DRAGGED = 'application/x-crossdock-source';

/**
 * A mapping as lines from what arrives to what it makes. The text is what counts: lines are read from it, and each change by a line is a
 * small edit of it.
 */
export function MapperBoard(props: {
  source: string;
  shapes: MappingShapes | undefined;
  /** What arrives for the chosen sample. */
  input: { readonly value: unknown } | undefined;
  chosen: SampleResult | undefined;
  results: readonly SampleResult[];
  /** What it made for the chosen sample before the last change that made a difference. */
  before: SampleResult | undefined;
  readOnly: boolean;
  onChange: (source: string) => void;
  onReveal: (position: number) => void;
  /** The texts of what the pointer is on. */
  onLight: (texts: readonly Span[]) => void;
  /** Opens the dialog that says what the mapping is to make. */
  onDescribe: (() => void) | undefined;
  isDescribed: boolean;
  /** Chooses the sample whose values are shown. */
  sampleChoice: ReactNode;
  /** Said where nothing is known of what arrives. */
  noSource: ReactNode;
}) {
  const { source, shapes, readOnly } = props;
  const [search, setSearch] = useState('');
  const [folds, setFolds] = useState<ReadonlySet<string>>(() => new Set());
  const [picked, setPicked] = useState<SourceNode>();
  const [hovered, setHovered] = useState<{ side: 'source' | 'target'; id: string }>();
  const [renamed, setRenamed] = useState<string>();
  const [scrolled, setScrolled] = useState({ source: 0, target: 0 });
  const middle = useRef<HTMLDivElement>(null);
  const size = useSize(middle);
  const sourceSide = useRef<BoardTreeHandle>(null);
  const targetSide = useRef<BoardTreeHandle>(null);
  const takesFocus = useRef(false);

  const sources = useMemo(() => sourceRoots(shapes), [shapes]);
  const root = useMemo(() => readLines(source), [source]);
  const isBroken = root === undefined && source.trim() !== '';
  const target = useMemo(() => targetTree(root, source.length, shapes?.output), [root, source, shapes?.output]);
  const places = useMemo(() => allNodes(target), [target]);
  const lists = useMemo(
    () => sources.flatMap((root) => allNodes(root).flatMap(({ isList, path }) => (isList ? [path] : []))),
    [sources],
  );
  const matches = useMemo(() => (sources[0] ? matchesByName(target, sources[0]) : []), [target, sources]);
  const lines = useMemo(() => places.flatMap(linesTo), [places]);
  const sourceRows = useMemo(
    () => boardRows(sources, ({ path }) => rowId(path), foldedOf(folds, sources, lines), search),
    [sources, folds, lines, search],
  );
  const targetRows = useMemo(() => boardRows([target], ({ address }) => rowId(address), folds), [target, folds]);
  const sourceIds = useMemo(() => indexOf(sourceRows), [sourceRows]);
  const targetIds = useMemo(() => indexOf(targetRows), [targetRows]);

  // The field of the new name is gone with the focus.
  useEffect(() => {
    if (renamed !== undefined || !takesFocus.current) return;
    takesFocus.current = false;
    targetSide.current?.focus();
  }, [renamed]);

  const edits = boardEdits(source, lists, props.onChange);
  const isLit = lightsUp(hovered);
  const marked = new Set(lines.filter(isLit).flatMap(({ from, to }) => [rowId(from), `→${rowId(to)}`]));
  const toggle = (id: string) => setFolds((now) => toggled(now, id));

  const hover = (side: 'source' | 'target', id: string | undefined) => {
    const next = id === undefined ? undefined : { side, id };
    setHovered(next);
    const isUnder = lightsUp(next);
    const ends = new Set(lines.filter(isUnder).map(({ to }) => rowId(to)));
    if (side === 'target' && id !== undefined) ends.add(id);
    props.onLight(places.flatMap(({ address, value }) => (value && ends.has(rowId(address)) ? [value] : [])));
  };

  const pick = (node: SourceNode | undefined) => {
    setPicked(node);
    if (node) targetSide.current?.focus();
  };
  const put = (node: TargetNode) => {
    if (!picked || readOnly) return node.value && props.onReveal(node.value.from);
    edits.drop(node, picked);
    setPicked(undefined);
    sourceSide.current?.focus();
    sourceSide.current?.next();
  };
  const take = (event: DragEvent, { node }: BoardRow<TargetNode>) => {
    const id = event.dataTransfer.getData(DRAGGED);
    const from = sourceRows.find((row) => row.id === id)?.node;
    if (from) edits.drop(node, from);
  };
  const remove = ({ address, value }: TargetNode) => {
    if (!readOnly && value && address.length > 0) edits.remove(address);
  };

  return (
    <section className={classes.board} aria-label={texts.board} data-picking={picked !== undefined || undefined}>
      <div className={classes.column}>
        <header className={classes.head}>
          <strong>{texts.source}</strong>
          <TextInput
            size="xs"
            variant="unstyled"
            className={classes.search}
            leftSection={<IconSearch size={13} stroke={1.75} />}
            aria-label={texts.search}
            placeholder={texts.search}
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
          {props.sampleChoice}
        </header>
        {shapes && !shapes.input ? <div className={classes.empty}>{props.noSource}</div> : null}
        <BoardTree
          ref={sourceSide}
          label={texts.source}
          rows={sourceRows}
          lookOf={({ node }) => ({
            label: texts.row([
              ...[nameOf(node), node.isList && texts.list, valueOfSource(node, props.input)],
              ...[node.type, node.path === picked?.path && texts.picked],
            ]),
            title: node.type,
            content: (
              <>
                <span className={classes.name}>{nameOf(node)}</span>{' '}
                {node.isList ? <span className={classes.mark}>{texts.list}</span> : null}{' '}
                <span className={classes.value}>{valueOfSource(node, props.input)}</span>
              </>
            ),
          })}
          marked={marked}
          picked={picked && rowId(picked.path)}
          onToggle={toggle}
          onScroll={(top) => setScrolled((now) => ({ ...now, source: top }))}
          onHover={(id) => hover('source', id)}
          onAct={({ node }) => !readOnly && pick(picked === node ? undefined : node)}
          onEscape={() => setPicked(undefined)}
          {...(readOnly
            ? {}
            : {
                drag: {
                  begin: (event: DragEvent, { id }: BoardRow<SourceNode>) => {
                    event.dataTransfer.setData(DRAGGED, id);
                    event.dataTransfer.effectAllowed = 'link';
                  },
                  end: () => setPicked(undefined),
                },
              })}
          empty={search === '' ? null : texts.noHit}
        />
      </div>
      <div ref={middle} className={classes.middle}>
        <BoardLines
          lines={lines}
          source={{ ids: sourceIds, scrolled: scrolled.source }}
          target={{ ids: targetIds, scrolled: scrolled.target }}
          width={size.width}
          height={size.height}
          isLit={isLit}
          isQuiet={hovered !== undefined && marked.size > 0}
        />
      </div>
      <div className={classes.column}>
        <header className={classes.head}>
          <strong>{texts.target}</strong>
          <span className={classes.note} role="status">
            {picked ? texts.picking(nameOf(picked)) : isBroken ? texts.broken : noteOf(places)}
          </span>
          {matches.length > 0 && !readOnly && !picked && !isBroken ? (
            <Button
              size="compact-xs"
              variant="light"
              leftSection={<IconWand size={13} stroke={1.75} />}
              onClick={() => edits.mapAll(matches)}
            >
              {texts.mapByName(matches.length)}
            </Button>
          ) : null}
          {props.onDescribe && !picked ? (
            <Button size="compact-xs" variant="subtle" color="gray" onClick={props.onDescribe}>
              {props.isDescribed ? texts.described : texts.describe}
            </Button>
          ) : null}
        </header>
        <BoardTree
          ref={targetSide}
          label={texts.target}
          rows={targetRows}
          lookOf={({ node, id }) => ({
            label: targetLabel(node, expressionOf(node, source), props.chosen, props.results),
            state: node.state,
            title: titleOf(node),
            content: (
              <TargetRow
                node={node}
                expression={expressionOf(node, source)}
                chosen={props.chosen}
                results={props.results}
                before={props.before}
                isRenamed={renamed === id}
                onRename={(name, isByKey) => {
                  setRenamed(undefined);
                  takesFocus.current = isByKey;
                  if (name !== undefined) edits.rename(node.address, name);
                }}
                onRemove={!readOnly && node.value && node.address.length > 0 ? () => remove(node) : undefined}
              />
            ),
          })}
          marked={new Set([...marked].filter((id) => id.startsWith('→')).map((id) => id.slice(1)))}
          onToggle={toggle}
          onScroll={(top) => setScrolled((now) => ({ ...now, target: top }))}
          onHover={(id) => hover('target', id)}
          onAct={({ node }) => put(node)}
          onRemove={({ node }) => remove(node)}
          onRename={({ node, id }) => {
            if (!readOnly && node.value && typeof node.address.at(-1) === 'string') setRenamed(id);
          }}
          onEscape={() => {
            if (picked) sourceSide.current?.focus();
            setPicked(undefined);
          }}
          drop={{ accepts: (event) => !readOnly && event.dataTransfer.types.includes(DRAGGED), take }}
          empty={null}
        />
      </div>
    </section>
  );
}

const nameOf = ({ name, path }: SourceNode): string => (path.length === 0 ? texts.input : name);

/** What arrives, then the variables that the engine gives. */
function sourceRoots(shapes: MappingShapes | undefined): SourceNode[] {
  const input = shapes?.input ? [sourceTree(shapes.input)] : [];
  const variables = Object.entries(shapes?.variables ?? {}).map(([name, shape]) =>
    sourceTree(shape, [`$${name}`], `$${name}`),
  );
  return [...input, ...variables.filter(({ children }) => children.length > 0)];
}

/** Variables are folded until a line begins in them; a fold by hand turns that round. */
function foldedOf(
  folds: ReadonlySet<string>,
  roots: readonly SourceNode[],
  lines: readonly BoardLine[],
): ReadonlySet<string> {
  let folded = folds;
  for (const { path } of roots) {
    const isUsed = path.length === 0 || lines.some(({ from }) => from[0] === path[0]);
    if (!isUsed) folded = toggled(folded, rowId(path));
  }
  return folded;
}

function toggled(ids: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return next;
}

const indexOf = (rows: readonly { id: string }[]): ReadonlyMap<string, number> =>
  new Map(rows.map(({ id }, index) => [id, index]));

function linesTo({ address, state, reads, children, isList }: TargetNode): BoardLine[] {
  const look = state === 'copied' ? 'copied' : isList || children.length > 0 ? 'loop' : 'computed';
  return reads.map((from) => ({ from, to: address, look: state === 'computed' ? 'computed' : look }));
}

/** Lines light up with either end, or with what is around it. */
function lightsUp(hovered: { side: 'source' | 'target'; id: string } | undefined) {
  if (!hovered) return () => false;
  const inside = `${hovered.id.slice(0, -1)}${hovered.id === '[]' ? '' : ','}`;
  return ({ from, to }: BoardLine) => {
    const id = rowId(hovered.side === 'source' ? from : to);
    return id === hovered.id || (id !== '[]' && hovered.id !== '[]' && id.startsWith(inside));
  };
}

function valueOfSource({ path }: SourceNode, input: { readonly value: unknown } | undefined): string {
  if (!input || path.length === 0 || path[0]?.startsWith('$')) return '';
  return shortValue(valueAt(input.value, path as SourcePath), texts.items);
}

/** Only what lines cannot say stands there as text. */
function expressionOf({ state, value }: TargetNode, source: string): string | undefined {
  if (!value || (state !== 'computed' && state !== 'constant')) return undefined;
  return source.slice(value.from, value.to).replace(/\s+/g, ' ');
}

const titleOf = ({ type, isRequired }: TargetNode): string =>
  [type, isRequired ? texts.required : ''].filter((text) => text !== '').join(' · ');

function noteOf(places: readonly TargetNode[]): string {
  const missing = places.filter(({ state }) => state === 'missing').length;
  return missing === 0 ? '' : texts.missing(missing);
}
