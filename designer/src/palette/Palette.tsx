import type { NodeManifest } from '@crossdock/flow-model';
import { TextInput, Tooltip } from '@mantine/core';
import { IconHelp, IconSearch } from '@tabler/icons-react';
import { type DragEvent, type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { type Manifests, NODE_TYPE_MEDIA, NodeIcon } from '../canvas/index.ts';
import { openHelp } from '../help/index.ts';
import { helpTexts, paletteTexts as texts } from '../texts/index.ts';
import { isTyping, Kbd } from '../ui/index.ts';
import './palette.css';
import { searchPalette } from './palette-search.ts';

/** The node types to draw with: dragged onto the canvas, or added with a click or Enter. `/` goes to the search. */
export function Palette(props: { manifests: Manifests; onAdd: (manifest: NodeManifest) => void }) {
  const [query, setQuery] = useState('');
  const search = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const groups = useMemo(() => searchPalette(props.manifests.values(), query), [props.manifests, query]);
  const first = groups[0]?.items[0];

  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || isTyping(event.target)) return;
      event.preventDefault();
      search.current?.focus();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);

  const move = (event: KeyboardEvent, by: number) => {
    event.preventDefault();
    const items = [...(list.current?.querySelectorAll<HTMLElement>('[role="option"]') ?? [])];
    const at = items.indexOf(document.activeElement as HTMLElement);
    if (at + by < 0) search.current?.focus();
    else items[Math.min(at + by, items.length - 1)]?.focus();
  };

  return (
    <section className="cd-palette" aria-label={texts.label} data-tour="palette">
      <TextInput
        ref={search}
        aria-label={texts.search}
        placeholder={texts.search}
        leftSection={<IconSearch size={14} stroke={1.5} />}
        rightSection={<Kbd keys={['/']} />}
        value={query}
        onChange={(event) => setQuery(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && first) props.onAdd(first);
          else if (event.key === 'ArrowDown') move(event, 1);
          else if (event.key === 'Escape') {
            setQuery('');
            event.currentTarget.blur();
          }
        }}
      />
      <div className="cd-palette-list" role="listbox" aria-label={texts.label} ref={list}>
        {groups.map(({ kind, items }) => (
          <fieldset key={kind} aria-label={texts.kinds[kind]} className="cd-palette-group">
            <div className="cd-palette-kind" aria-hidden>
              {texts.kinds[kind]}
            </div>
            {items.map((manifest) => (
              <Item
                key={manifest.type}
                manifest={manifest}
                reachable={manifest === first}
                onAdd={() => props.onAdd(manifest)}
                onMove={move}
              />
            ))}
          </fieldset>
        ))}
      </div>
      {groups.length === 0 ? <p className="cd-dim cd-palette-hint">{texts.nothing(query)}</p> : null}
      <p className="cd-dim cd-palette-hint">{texts.hint}</p>
    </section>
  );
}

function Item(props: {
  manifest: NodeManifest;
  reachable: boolean;
  onAdd: () => void;
  onMove: (event: KeyboardEvent, by: number) => void;
}) {
  const { manifest } = props;
  const help = () => openHelp({ kind: 'node', type: manifest.type });
  return (
    <Tooltip label={manifest.summary} position="right" maw={240}>
      <div
        role="option"
        aria-selected={false}
        aria-label={manifest.title}
        aria-description={manifest.summary}
        tabIndex={props.reachable ? 0 : -1}
        className="cd-palette-item"
        data-testid={`palette-${manifest.type}`}
        draggable
        onDragStart={(event: DragEvent) => {
          event.dataTransfer.setData(NODE_TYPE_MEDIA, manifest.type);
          event.dataTransfer.effectAllowed = 'copy';
        }}
        aria-keyshortcuts="F1"
        onClick={props.onAdd}
        onKeyDown={(event) => {
          if (event.key === 'Enter' || event.key === ' ') {
            event.preventDefault();
            props.onAdd();
          } else if (event.key === 'F1') {
            event.preventDefault();
            help();
          } else if (event.key === 'ArrowDown') props.onMove(event, 1);
          else if (event.key === 'ArrowUp') props.onMove(event, -1);
        }}
      >
        <NodeIcon icon={manifest.icon} kind={manifest.kind} size={24} />
        <span className="cd-palette-name">{manifest.title}</span>
        {/* For the mouse alone: an option may hold no button, and keys have F1. */}
        <button
          type="button"
          tabIndex={-1}
          aria-hidden
          className="cd-palette-help"
          title={helpTexts.about(manifest.title)}
          onClick={(event) => {
            event.stopPropagation();
            help();
          }}
        >
          <IconHelp size={16} stroke={1.5} />
        </button>
      </div>
    </Tooltip>
  );
}
