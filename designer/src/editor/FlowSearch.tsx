import { type FlowHit, searchFlow } from '@crossdock/flow-model';
import { ActionIcon, Button, TextInput, Tooltip } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconSearch, IconX } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { placeKey } from '../canvas/index.ts';
import { hitField, hitName } from '../commands/hit-words.ts';
import { editorTexts } from '../texts/index.ts';
import { Kbd } from '../ui/index.ts';
import { useEditor } from './store/editor-context.tsx';
import { fieldTab } from './store/issues.ts';
import { titlesOf } from './store/titles.ts';
import './flow-search.css';

const texts = editorTexts.search;

/**
 * The search in the open flow, over its canvas: Enter steps through the places found, Alt-Enter opens the field or the note, Escape ends.
 * `onFound` is given the keys of all places found, to be marked.
 */
export function FlowSearch(props: { onFound: (found: ReadonlySet<string>) => void; onClose: () => void }) {
  const { onClose } = props;
  const flow = useEditor((state) => state.flow);
  const manifests = useEditor((state) => state.manifests);
  const showPlace = useEditor((state) => state.showPlace);
  const jumpTo = useEditor((state) => state.jumpTo);
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const titles = useMemo(() => titlesOf(manifests), [manifests]);
  const hits = useMemo(() => searchFlow(flow, query, titles), [flow, query, titles]);
  const hit = hits[Math.min(at, hits.length - 1)];

  const show = (found: typeof hits, next: number) => {
    setAt(next);
    const place = found[next];
    if (place) showPlace(place);
    props.onFound(new Set(found.map(placeKey)));
  };
  const step = (by: number) => {
    if (hits.length > 0) show(hits, (Math.min(at, hits.length - 1) + by + hits.length) % hits.length);
  };
  const open = () => {
    if (hit?.kind === 'node')
      jumpTo(hit.id, fieldTab(manifests.get(hit.nodeType ?? ''), hit.path), hit.path, hit.position);
    else if (hit) showPlace(hit, true);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && event.altKey) open();
    else if (event.key === 'Enter') step(event.shiftKey ? -1 : 1);
    else if (event.key === 'ArrowDown') step(1);
    else if (event.key === 'ArrowUp') step(-1);
    else if (event.key === 'Escape') onClose();
    else return;
    event.preventDefault();
  };

  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const icon = { size: 16, stroke: 1.5, 'aria-hidden': true } as const;
  const buttons = [
    { label: texts.previous, Icon: IconChevronUp, act: () => step(-1), isOff: hits.length === 0 },
    { label: texts.next, Icon: IconChevronDown, act: () => step(1), isOff: hits.length === 0 },
    { label: texts.close, Icon: IconX, act: onClose, isOff: false },
  ];
  return (
    <search className="cd-flow-search" aria-label={texts.label}>
      <div className="cd-flow-search-bar">
        <TextInput
          ref={field}
          aria-label={texts.label}
          placeholder={texts.placeholder}
          leftSection={<IconSearch size={14} stroke={1.5} aria-hidden />}
          value={query}
          onChange={(event) => {
            setQuery(event.currentTarget.value);
            show(searchFlow(flow, event.currentTarget.value, titles), 0);
          }}
          onKeyDown={onKeyDown}
        />
        <span className="cd-num cd-dim" role="status">
          {query.trim() === '' ? '' : texts.count(hit ? Math.min(at, hits.length - 1) + 1 : 0, hits.length)}
        </span>
        {buttons.map(({ label, Icon, act, isOff }) => (
          <Tooltip key={label} label={label}>
            <ActionIcon aria-label={label} disabled={isOff} onClick={act}>
              <Icon {...icon} />
            </ActionIcon>
          </Tooltip>
        ))}
      </div>
      {hit ? (
        <div className="cd-flow-search-hit" aria-live="polite">
          <div className="cd-flow-search-place">
            <strong>{hitName(hit)}</strong> <span className="cd-dim">{hitField(hit)}</span>
            <code title={hit.excerpt}>{hit.excerpt}</code>
          </div>
          <Button size="compact-xs" variant="default" onClick={open} rightSection={<Kbd keys={['Alt', 'Enter']} />}>
            {openText(hit)}
          </Button>
        </div>
      ) : null}
    </search>
  );
}

function openText({ kind }: FlowHit): string {
  return kind === 'node' ? texts.open : kind === 'group' ? texts.openGroup : texts.openNote;
}
