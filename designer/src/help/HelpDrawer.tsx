import type { NodeManifest } from '@crossdock/flow-model';
import { ActionIcon, TextInput } from '@mantine/core';
import { IconArrowLeft, IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useNodeTypes } from '../api/index.ts';
import { helpTexts as texts } from '../texts/index.ts';
import { ErrorState, SideDrawer, Skeleton } from '../ui/index.ts';
import { ErrorGuide } from './ErrorGuide.tsx';
import { findTopics, type TopicEntry } from './find-topics.ts';
import { ALL_TOPICS, closeHelp, type HelpTopic, openHelp, useHelp } from './help-state.ts';
import { NodeGuide } from './NodeGuide.tsx';

/** The help, beside the page: all node types and errors, searched while typing, and the page of one of them. */
export function HelpDrawer() {
  const topic = useHelp((state) => state.topic) ?? ALL_TOPICS;
  const [query, setQuery] = useState('');
  const nodeTypes = useNodeTypes();
  const manifests = nodeTypes.data ?? [];
  const heading = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    // What had the focus is gone with the topic before.
    if (topic.kind !== 'all') heading.current?.focus();
  }, [topic]);
  return (
    <SideDrawer
      opened
      onClose={closeHelp}
      size={520}
      title={
        <span className="cd-help-title" ref={heading} tabIndex={-1}>
          {topic.kind === 'all' ? null : (
            <ActionIcon aria-label={texts.back} onClick={() => openHelp()}>
              <IconArrowLeft size={16} stroke={1.5} aria-hidden />
            </ActionIcon>
          )}
          {titleOf(topic, manifests)} {topic.kind === 'node' ? <code>{topic.type}</code> : null}
        </span>
      }
    >
      {nodeTypes.error ? (
        <ErrorState error={nodeTypes.error} onRetry={() => void nodeTypes.refetch()} />
      ) : nodeTypes.data ? (
        // The page of another topic begins at its top.
        <div key={JSON.stringify(topic)}>
          <Topic topic={topic} manifests={manifests} query={query} onQuery={setQuery} />
        </div>
      ) : (
        <Skeleton rows={8} />
      )}
    </SideDrawer>
  );
}

function titleOf(topic: HelpTopic, manifests: readonly NodeManifest[]): string {
  if (topic.kind === 'all') return texts.title;
  if (topic.kind === 'error') return topic.code;
  return manifests.find(({ type }) => type === topic.type)?.title ?? '';
}

function Topic(props: {
  topic: HelpTopic;
  manifests: readonly NodeManifest[];
  query: string;
  onQuery: (query: string) => void;
}) {
  const { topic, manifests } = props;
  if (topic.kind === 'error') return <ErrorGuide code={topic.code} manifests={manifests} />;
  if (topic.kind === 'all') return <TopicList {...props} />;
  const manifest = manifests.find(({ type }) => type === topic.type);
  return manifest ? <NodeGuide manifest={manifest} /> : <p className="cd-dim">{texts.unknownType(topic.type)}</p>;
}

function TopicList({
  manifests,
  query,
  onQuery,
}: {
  manifests: readonly NodeManifest[];
  query: string;
  onQuery: (query: string) => void;
}) {
  const list = useRef<HTMLDivElement>(null);
  const groups = findTopics(manifests, query);
  return (
    <div className="cd-help">
      <TextInput
        data-autofocus
        aria-label={texts.search}
        placeholder={texts.search}
        leftSection={<IconSearch size={14} stroke={1.5} aria-hidden />}
        value={query}
        onChange={(event) => onQuery(event.currentTarget.value)}
        onKeyDown={(event) => {
          const first = groups[0]?.entries[0];
          if (event.key === 'Enter' && first) openHelp(first.topic);
          else if (event.key === 'ArrowDown') list.current?.querySelector('button')?.focus();
        }}
      />
      <div ref={list}>
        {groups.map(({ kind, entries }) => (
          <section key={kind} aria-label={texts.groups[kind]}>
            <h3>{texts.groups[kind]}</h3>
            <ul>
              {entries.map((entry) => (
                <Entry key={entry.title} entry={entry} isCode={kind === 'error'} />
              ))}
            </ul>
          </section>
        ))}
      </div>
      {groups.length === 0 ? <p className="cd-dim">{texts.nothing(query)}</p> : null}
    </div>
  );
}

function Entry({ entry, isCode }: { entry: TopicEntry; isCode: boolean }) {
  return (
    <li>
      <button type="button" className="cd-help-entry" onClick={() => openHelp(entry.topic)}>
        {isCode ? <code>{entry.title}</code> : <strong>{entry.title}</strong>}
        <span className="cd-dim">{entry.about}</span>
      </button>
    </li>
  );
}
