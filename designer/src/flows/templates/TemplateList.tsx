import type { FlowTemplate } from '@crossdock/api-contract';
import { TextInput } from '@mantine/core';
import { IconFile, IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react';
import { useTemplates } from '../../api/index.ts';
import { NodeIcon } from '../../canvas/NodeIcon.tsx';
import { flowTexts } from '../../texts/index.ts';
import { ErrorState, Skeleton } from '../../ui/index.ts';
import { findTemplates, systemsOf } from './find-templates.ts';
import classes from './templates.module.css';
import { useManifests } from './use-manifests.ts';

const t = flowTexts.templates;

/** What a flow may begin with, to choose from and to search: one of the templates or, where it is offered, nothing. Arrows choose. */
export function TemplateList(props: {
  chosen: FlowTemplate | undefined;
  /** An empty flow is one of the choices, and stands first. */
  offersEmpty: boolean;
  onChoose: (template: FlowTemplate | undefined) => void;
}) {
  const { chosen, onChoose } = props;
  const { data: templates, error, refetch } = useTemplates();
  const manifests = useManifests();
  const [query, setQuery] = useState('');
  const name = useId();
  const list = useRef<HTMLDivElement>(null);
  const found = findTemplates(templates ?? [], query, manifests);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' && event.key !== 'ArrowDown') return;
    // Enter would make the flow before its template is chosen.
    event.preventDefault();
    const [first] = found;
    if (!first) return;
    onChoose(first);
    list.current?.querySelector<HTMLInputElement>(`input[value="${first.id}"]`)?.focus();
  };
  return (
    <div className={classes.choice}>
      <TextInput
        type="search"
        aria-label={t.search}
        placeholder={t.searchPlaceholder}
        leftSection={<IconSearch size={14} stroke={1.5} aria-hidden />}
        value={query}
        onChange={(event) => setQuery(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <div className={classes.list} role="radiogroup" aria-label={t.label} ref={list}>
        {props.offersEmpty ? (
          <Choice name={name} value="" isChosen={chosen === undefined} onChoose={() => onChoose(undefined)}>
            <span className={classes.blank}>
              <IconFile size={16} stroke={1.5} aria-hidden />
            </span>
            <Words title={t.empty} detail={t.emptyDetail} />
          </Choice>
        ) : null}
        {found.map((template) => {
          const trigger = template.nodeTypes.map((type) => manifests.get(type)).find((one) => one?.kind === 'trigger');
          return (
            <Choice
              key={template.id}
              name={name}
              value={template.id}
              isChosen={chosen?.id === template.id}
              onChoose={() => onChoose(template)}
            >
              <NodeIcon icon={trigger?.icon ?? ''} kind={trigger?.kind ?? 'unknown'} size={28} />
              <Words
                title={template.name}
                detail={template.summary}
                systems={systemsOf(template, manifests).join(' · ')}
              />
            </Choice>
          );
        })}
      </div>
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !templates ? (
        <Skeleton rows={4} />
      ) : found.length === 0 ? (
        <p className="cd-dim" role="status">
          {templates.length === 0 ? t.none : t.noMatch(query)}
        </p>
      ) : null}
    </div>
  );
}

function Choice(props: { name: string; value: string; isChosen: boolean; onChoose: () => void; children: ReactNode }) {
  return (
    <label className={classes.item} data-chosen={props.isChosen || undefined}>
      <input type="radio" name={props.name} value={props.value} checked={props.isChosen} onChange={props.onChoose} />
      {props.children}
    </label>
  );
}

function Words({ title, detail, systems }: { title: string; detail: string; systems?: string }) {
  return (
    <span className={classes.words}>
      <strong>{title}</strong>
      {systems ? <span className={classes.systems}>{systems}</span> : null}
      <span className={classes.detail}>{detail}</span>
    </span>
  );
}
