import { DEFAULT_CONCURRENCY, DEFAULT_FLOW_TIMEOUT_MS, type FlowSettings as Settings } from '@crossdock/flow-model';
import { NumberInput, Select, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useEffect } from 'react';
import { chosenSample, issuesAt, useChange, useEditor, useEditorContext } from '../editor/store/editor-context.tsx';
import { inspectorTexts } from '../texts/index.ts';
import { DurationInput } from '../ui/index.ts';
import { focusField } from './focus-field.ts';
import { PairsEditor } from './form/PairsEditor.tsx';
import { KeyInput } from './KeyInput.tsx';
import { SampleList } from './SampleList.tsx';

const texts = inspectorTexts.flow;
const YEAR_MS = 31_536_000_000;

/** The settings of the whole flow; shown while nothing is selected. */
export function FlowSettings({ onSample }: { onSample: (index: number | undefined) => void }) {
  const flow = useEditor((state) => state.flow);
  const locked = useEditor((state) => state.readOnly);
  const jump = useEditor((state) => state.jump);
  const sample = useEditor(chosenSample);
  const { issues } = useEditorContext();
  const change = useChange();
  const settings = flow.settings ?? {};

  useEffect(() => {
    if (jump) focusField(jump.path);
  }, [jump]);

  const set = <Field extends keyof Settings>(field: Field, value: Settings[Field] | undefined) => {
    const { [field]: _old, ...rest } = settings;
    const next: Settings = value === undefined ? rest : { ...settings, [field]: value };
    change({ kind: 'setSettings', settings: Object.keys(next).length > 0 ? next : undefined }, `settings:${field}`);
  };
  const errorAt = (pointer: string) => issuesAt(issues, pointer)[0]?.message;

  return (
    <div className="cd-inspector-body" data-testid="flow-settings">
      <h2>{texts.title}</h2>
      <TextInput
        label={texts.name}
        id="field-name"
        value={flow.name}
        disabled={locked}
        error={errorAt('/name')}
        onChange={(event) => change({ kind: 'setMeta', name: event.currentTarget.value }, 'meta:name')}
      />
      <Textarea
        label={texts.description}
        id="field-description"
        value={flow.description ?? ''}
        autosize
        minRows={2}
        maxRows={10}
        disabled={locked}
        onChange={(event) => change({ kind: 'setMeta', description: event.currentTarget.value }, 'meta:description')}
      />

      <section className="cd-section">
        <h3>{texts.keysTitle}</h3>
        <p className="cd-dim">{texts.keysHint}</p>
        <div className="cd-field" id="field-settings-businessKeys" tabIndex={-1}>
          <span className="cd-field-label">{texts.businessKeys}</span>
          <span className="cd-dim">{texts.businessKeysHint}</span>
          <PairsEditor
            label={texts.businessKeys}
            value={settings.businessKeys ?? {}}
            locked={locked}
            mono
            namePlaceholder="orderNo"
            valuePlaceholder="JSONata"
            errorOf={(name) => errorAt(`/settings/businessKeys/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`)}
            onChange={(keys) => set('businessKeys', Object.keys(keys).length > 0 ? keys : undefined)}
          />
        </div>
        {(['dedupeKey', 'orderingKey'] as const).map((field) => (
          <KeyInput
            key={field}
            id={`field-settings-${field}`}
            label={texts[field]}
            description={texts[`${field}Hint`]}
            value={settings[field] ?? ''}
            sample={sample}
            locked={locked}
            error={errorAt(`/settings/${field}`)}
            onChange={(value) => set(field, value === '' ? undefined : value)}
          />
        ))}
        {settings.orderingKey !== undefined && (
          <Select
            id="field-settings-orderingBehindWaiting"
            size="xs"
            label={texts.orderingBehindWaiting}
            description={texts.orderingBehindWaitingHint}
            data={[
              { value: 'wait', label: texts.orderingWaits },
              { value: 'pass', label: texts.orderingPasses },
            ]}
            value={settings.orderingBehindWaiting ?? 'wait'}
            allowDeselect={false}
            disabled={locked}
            onChange={(value) => set('orderingBehindWaiting', value === 'pass' ? value : undefined)}
          />
        )}
      </section>

      <section className="cd-section">
        <h3>{texts.limitsTitle}</h3>
        <div className="cd-grid">
          <NumberInput
            id="field-settings-concurrency"
            label={texts.concurrency}
            value={settings.concurrency ?? ''}
            placeholder={String(DEFAULT_CONCURRENCY)}
            min={1}
            allowDecimal={false}
            thousandSeparator=" "
            disabled={locked}
            error={errorAt('/settings/concurrency')}
            onChange={(value) => set('concurrency', typeof value === 'number' ? value : undefined)}
          />
          <DurationInput
            id="field-settings-timeoutMs"
            label={texts.timeoutMs}
            value={settings.timeoutMs}
            fallback={DEFAULT_FLOW_TIMEOUT_MS}
            min={1}
            max={YEAR_MS}
            disabled={locked}
            error={errorAt('/settings/timeoutMs')}
            onChange={(ms) => set('timeoutMs', ms)}
          />
        </div>
        <TagsInput
          id="field-settings-mask"
          size="xs"
          label={texts.mask}
          description={texts.maskHint}
          value={settings.mask ?? []}
          disabled={locked}
          error={errorAt('/settings/mask')}
          onChange={(mask) => set('mask', mask.length > 0 ? mask : undefined)}
        />
      </section>

      <section className="cd-section" id="field-samples" tabIndex={-1}>
        <h3>{texts.samplesTitle}</h3>
        <p className="cd-dim">{texts.samplesHint}</p>
        <SampleList onSample={onSample} />
      </section>
    </div>
  );
}
