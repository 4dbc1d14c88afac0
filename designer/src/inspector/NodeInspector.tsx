import { type FlowNode, takesConnection } from '@crossdock/flow-model';
import { ActionIcon, Tabs, Textarea, TextInput, Tooltip } from '@mantine/core';
import { IconArrowsDiagonal, IconArrowsDiagonalMinimize2, IconReplace } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import { NodeIcon } from '../canvas/index.ts';
import { issuesAt, useChange, useEditor, useEditorContext } from '../editor/store/editor-context.tsx';
import type { InspectorTab } from '../editor/store/editor-store.ts';
import { mappableFields, mappingField } from '../editor/store/mapping-field.ts';
import { useKnownInputs } from '../mapper/use-known-inputs.ts';
import { useMappingShapes } from '../mapper/use-mapping-shapes.ts';
import { inspectorTexts } from '../texts/index.ts';
import { CopyId } from '../ui/index.ts';
import { ConnectionPicker } from './ConnectionPicker.tsx';
import { DocsTab } from './DocsTab.tsx';
import { focusField } from './focus-field.ts';
import { ConfigForm } from './form/ConfigForm.tsx';
import { MappingTab } from './MappingTab.tsx';
import { namedPayloads } from './named-payloads.ts';
import { ReliabilityTab } from './reliability/ReliabilityTab.tsx';
import { SenderGuide } from './SenderGuide.tsx';
import { TryOutTab } from './TryOutTab.tsx';

const texts = inspectorTexts.node;

/** Everything about one node, in tabs. */
export function NodeInspector(props: {
  node: FlowNode;
  index: number;
  wide: boolean;
  onWide: (wide: boolean) => void;
  onAddSample: () => void;
  runControl: React.ReactNode;
}) {
  const { node, index } = props;
  const { issues } = useEditorContext();
  const manifest = useEditor((state) => state.manifests.get(node.type));
  const tab = useEditor((state) => state.tab);
  const openTab = useEditor((state) => state.openTab);
  const jump = useEditor((state) => state.jump);
  const locked = useEditor((state) => state.readOnly);
  const shownRun = useEditor((state) => state.shownRun);
  const known = useKnownInputs(node.id);
  const shapes = useMappingShapes(node.id, known);
  const samples = useMemo(() => namedPayloads(node.id, known?.inputs ?? [], shownRun), [node.id, known, shownRun]);
  const change = useChange();
  const mapping = manifest && mappingField(manifest);
  const mapped = useMemo(() => (manifest ? mappableFields(manifest) : []), [manifest]);
  const [wanted, setWanted] = useState<string>();
  const field = mapped.find((name) => name === wanted) ?? mapped[0];
  const shownTab: InspectorTab = tab === 'mapping' && field === undefined ? 'settings' : tab;
  const openLines = (name: string) => {
    setWanted(name);
    openTab('mapping');
    props.onWide(true);
  };

  useEffect(() => {
    if (jump) focusField(jump.path);
  }, [jump]);

  const patch = (field: 'name' | 'description', value: string) =>
    change(
      { kind: 'updateNode', nodeId: node.id, patch: { [field]: value === '' ? null : value } },
      `${field}:${node.id}`,
    );
  /** Changes of one field that follow each other are one step of undo; without a field each is its own. */
  const setConfig = (config: Record<string, unknown>, field?: string) =>
    change(
      { kind: 'updateNode', nodeId: node.id, patch: { config } },
      field === undefined ? undefined : `config:${node.id}:${field}`,
    );
  const hasOtherSettings = manifest && Object.keys(manifest.config.properties).some((name) => name !== mapping);

  return (
    <>
      <header className="cd-inspector-head">
        <NodeIcon icon={manifest?.icon ?? ''} kind={manifest?.kind ?? 'unknown'} size={28} />
        <div className="cd-inspector-title">
          <h2>{node.name || manifest?.title || node.id}</h2>
          <span className="cd-dim">{manifest?.title ?? node.type}</span>
        </div>
        {manifest && !locked ? <ReplaceButton nodeId={node.id} /> : null}
        {shownTab === 'mapping' ? <WideSwitch wide={props.wide} onWide={props.onWide} /> : null}
      </header>
      <Tabs
        value={shownTab}
        onChange={(value) => openTab((value ?? 'settings') as InspectorTab)}
        className="cd-inspector-tabs"
        keepMounted={false}
      >
        <Tabs.List>
          <Tabs.Tab value="settings">{inspectorTexts.tabs.settings}</Tabs.Tab>
          {field ? <Tabs.Tab value="mapping">{inspectorTexts.tabs.mapping}</Tabs.Tab> : null}
          <Tabs.Tab value="reliability">{inspectorTexts.tabs.reliability}</Tabs.Tab>
          <Tabs.Tab value="tryout">{inspectorTexts.tabs.tryout}</Tabs.Tab>
          {manifest ? <Tabs.Tab value="docs">{inspectorTexts.tabs.docs}</Tabs.Tab> : null}
        </Tabs.List>
        <Tabs.Panel value="settings" className="cd-inspector-body">
          <TextInput
            label={texts.name}
            value={node.name ?? ''}
            placeholder={manifest?.title ?? ''}
            disabled={locked}
            onChange={(event) => patch('name', event.currentTarget.value)}
          />
          <Textarea
            label={texts.description}
            value={node.description ?? ''}
            autosize
            minRows={1}
            maxRows={6}
            disabled={locked}
            onChange={(event) => patch('description', event.currentTarget.value)}
          />
          <div className="cd-field">
            <span className="cd-field-label">{texts.id}</span>
            <Tooltip label={texts.idHint}>
              <span>
                <CopyId value={node.id} what={texts.id} />
              </span>
            </Tooltip>
          </div>
          {manifest ? (
            <>
              {manifest.connection && (takesConnection(node, manifest) || node.connection !== undefined) ? (
                <ConnectionPicker
                  use={manifest.connection}
                  value={node.connection}
                  locked={locked}
                  error={issuesAt(issues, `/nodes/${index}/connection`)[0]?.message}
                  onChange={(name) =>
                    change(
                      { kind: 'updateNode', nodeId: node.id, patch: { connection: name ?? null } },
                      `connection:${node.id}`,
                    )
                  }
                />
              ) : null}
              {hasOtherSettings ? (
                <ConfigForm
                  key={`${node.id} ${node.type}`}
                  manifest={manifest}
                  config={node.config}
                  issues={issuesAt(issues, `/nodes/${index}/config`)}
                  pointer={`/nodes/${index}/config`}
                  without={mapping}
                  locked={locked}
                  context={{
                    ...{ connection: node.connection, shapes, samples, reveal: jump },
                    mapping: { fields: mapped, onOpen: openLines },
                  }}
                  onChange={setConfig}
                />
              ) : (
                <p className="cd-dim">{mapping ? texts.mappingElsewhere : texts.noSettings}</p>
              )}
              {node.type === 'webhook' ? <SenderGuide node={node} /> : null}
            </>
          ) : (
            <p className="cd-dim">{texts.unknown(node.type)}</p>
          )}
        </Tabs.Panel>
        {manifest && field ? (
          <Tabs.Panel value="mapping" className="cd-inspector-body cd-inspector-fill">
            <MappingTab
              {...{ node, manifest, field, shapes, jump }}
              fields={mapped}
              readOnly={locked}
              wide={props.wide}
              onWide={() => props.onWide(true)}
              onField={setWanted}
              onAddSample={props.onAddSample}
              onChange={setConfig}
            />
          </Tabs.Panel>
        ) : null}
        <Tabs.Panel value="reliability" className="cd-inspector-body">
          <ReliabilityTab node={node} index={index} manifest={manifest} locked={locked} />
        </Tabs.Panel>
        <Tabs.Panel value="tryout" className="cd-inspector-body">
          <TryOutTab node={node} runControl={props.runControl} />
        </Tabs.Panel>
        {manifest ? (
          <Tabs.Panel value="docs" className="cd-inspector-body">
            <DocsTab node={node} manifest={manifest} locked={locked} />
          </Tabs.Panel>
        ) : null}
      </Tabs>
    </>
  );
}

function ReplaceButton({ nodeId }: { nodeId: string }) {
  const ask = useEditor((state) => state.ask);
  return (
    <Tooltip label={texts.replace}>
      <ActionIcon
        aria-label={texts.replace}
        onClick={(event) => {
          const { left, bottom } = event.currentTarget.getBoundingClientRect();
          ask({ question: { kind: 'replace', nodeId }, beside: { x: left, y: bottom } });
        }}
      >
        <IconReplace size={16} stroke={1.5} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}

function WideSwitch({ wide, onWide }: { wide: boolean; onWide: (wide: boolean) => void }) {
  const label = wide ? inspectorTexts.narrow : inspectorTexts.wide;
  const Icon = wide ? IconArrowsDiagonalMinimize2 : IconArrowsDiagonal;
  return (
    <Tooltip label={label}>
      <ActionIcon aria-label={label} aria-pressed={wide} onClick={() => onWide(!wide)}>
        <Icon size={16} stroke={1.5} />
      </ActionIcon>
    </Tooltip>
  );
}
