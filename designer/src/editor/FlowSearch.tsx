import { searchFlow } from '@crossdock/flow-model';
import { ActionIcon, Button, TextInput, Tooltip } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconSearch, IconX } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { CanvasFocus } from '../canvas/index.ts';
import { editorTexts } from '../texts/index.ts';
import { Kbd } from '../ui/index.ts';
import { useEditor } from './store/editor-context.tsx';
import { fieldTab } from './store/issues.ts';
import { titlesOf } from './store/titles.ts';
import './flow-search.css';

const texts = editorTexts.search;

/** What the search shows on the canvas: the nodes found, and the one it stands at. */
export interface Sought {
  readonly found: ReadonlySet<string>;
  readonly focus: CanvasFocus | undefined;
}

/** The search in the open flow, over its canvas: Enter steps through the places found, Alt-Enter opens the field, Escape ends. */
export function FlowSearch({ onSought, onClose }: { onSought: (sought: Sought) => void; onClose: () => void }) {
  const flow = useEditor((state) => state.flow);
  const manifests = useEditor((state) => state.manifests);
  const select = useEditor((state) => state.select);
  const jumpTo = useEditor((state) => state.jumpTo);
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const steps = useRef(0);
  const titles = useMemo(() => titlesOf(manifests), [manifests]);
  const hits = useMemo(() => searchFlow(flow, query, titles), [flow, query, titles]);
  const hit = hits[Math.min(at, hits.length - 1)];

  const show = (found: typeof hits, next: number) => {
    setAt(next);
    const nodeId = found[next]?.nodeId;
    if (nodeId !== undefined) select({ nodeIds: [nodeId], edgeIds: [] });
    steps.current += 1;
    onSought({
      found: new Set(found.map((one) => one.nodeId)),
      focus: nodeId === undefined ? undefined : { nodeId, count: steps.current },
    });
  };
  const step = (by: number) => {
    if (hits.length > 0) show(hits, (Math.min(at, hits.length - 1) + by + hits.length) % hits.length);
  };
  const openField = () => {
    if (hit) jumpTo(hit.nodeId, fieldTab(manifests.get(hit.nodeType), hit.path), hit.path, hit.position);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && event.altKey) openField();
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
            <strong>{hit.nodeName}</strong> <span className="cd-dim">{hit.field}</span>
            <code title={hit.excerpt}>{hit.excerpt}</code>
          </div>
          <Button
            size="compact-xs"
            variant="default"
            onClick={openField}
            rightSection={<Kbd keys={['Alt', 'Enter']} />}
          >
            {texts.open}
          </Button>
        </div>
      ) : null}
    </search>
  );
}
