import {
  ALARM_KIND_NAMES,
  ALARM_SEVERITIES,
  type AlarmKind,
  type AlarmRule,
  type AlarmRuleBody,
  alarmKindFacts,
} from '@crossdock/api-contract';
import { Checkbox, MultiSelect, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useAlarmChannels, useEnvironments, useFlows, useSaveAlarmRule } from '../api/index.ts';
import { useEnvironment } from '../app/use-environment.ts';
import { healthTexts } from '../texts/index.ts';
import { DurationInput, FormDialog, notifyDone } from '../ui/index.ts';
import { ConditionFields } from './ConditionFields.tsx';
import classes from './HealthPage.module.css';

const t = healthTexts.rules;
const DAY_MS = 86_400_000;

/** Adds a rule or changes one. What a kind of condition takes is read from the contract. */
export function RuleDialog({ rule, onClose }: { rule: AlarmRule | undefined; onClose: () => void }) {
  const { environment } = useEnvironment();
  const [body, setBody] = useState<AlarmRuleBody>(() => (rule ? bodyOf(rule) : newBody(environment.name)));
  const [touched, setTouched] = useState(false);
  const environments = useEnvironments().data ?? [];
  const flows = useFlows().data ?? [];
  const channels = useAlarmChannels().data ?? [];
  const save = useSaveAlarmRule();
  const set = (change: Partial<AlarmRuleBody>) => setBody((now) => ({ ...now, ...change }));
  const { kind } = body.condition;
  const { scope, builtIn } = alarmKindFacts(kind);
  const nameMissing = body.name.trim() === '';
  const setKind = (next: AlarmKind) =>
    set({ condition: { kind: next }, ...(alarmKindFacts(next).scope === 'flow' ? {} : { flowId: null }) });
  const submit = () => {
    setTouched(true);
    if (nameMissing) return;
    save.mutate(
      { ruleId: rule?.ruleId, body: { ...body, name: body.name.trim() } },
      {
        onSuccess: ({ name }) => {
          notifyDone(t.saved(name));
          onClose();
        },
      },
    );
  };
  return (
    <FormDialog
      title={rule ? t.editTitle(rule.name) : t.addTitle}
      submit={t.submit}
      size={560}
      busy={save.isPending}
      error={save.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextInput
        label={t.name}
        value={body.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
        error={touched && nameMissing && t.nameMissing}
        maxLength={100}
        data-autofocus
      />
      {!builtIn && (
        <Select
          label={t.kind}
          data={ALARM_KIND_NAMES.filter((name) => !alarmKindFacts(name).builtIn).map((name) => ({
            value: name,
            label: t.kinds[name],
          }))}
          value={kind}
          onChange={(next) => next && setKind(next as AlarmKind)}
          allowDeselect={false}
        />
      )}
      <ConditionFields condition={body.condition} onChange={(condition) => set({ condition })} />
      {!builtIn && (
        <div className={classes.row}>
          <Select
            label={t.env}
            placeholder={t.everyEnv}
            data={environments.map(({ name }) => name)}
            value={body.env}
            onChange={(env) => set({ env })}
            clearable
          />
          {scope === 'flow' && (
            <Select
              label={t.flow}
              placeholder={t.everyFlow}
              data={flows.map(({ id, name }) => ({ value: id, label: name }))}
              value={body.flowId}
              onChange={(flowId) => set({ flowId })}
              clearable
              searchable
            />
          )}
        </div>
      )}
      <div className={classes.row}>
        <DurationInput label={t.forMs} value={body.forMs} max={DAY_MS} onChange={(ms = 0) => set({ forMs: ms })} />
        <DurationInput
          label={t.renotifyMs}
          value={body.renotifyMs}
          max={30 * DAY_MS}
          onChange={(ms = 0) => set({ renotifyMs: ms })}
        />
      </div>
      <Select
        label={t.severity}
        data={ALARM_SEVERITIES.map((value) => ({ value, label: healthTexts.severities[value] }))}
        value={body.severity}
        onChange={(next) => next && set({ severity: next as AlarmRuleBody['severity'] })}
        allowDeselect={false}
      />
      <MultiSelect
        label={t.channels}
        description={t.channelsHint}
        data={channels.map(({ channelId, name }) => ({ value: channelId, label: name }))}
        value={body.channels}
        onChange={(ids) => set({ channels: ids })}
      />
      <DurationInput
        label={t.mute}
        description={t.muteHint}
        value={mutedForMs(body)}
        max={365 * DAY_MS}
        onChange={(ms) => set({ mutedUntil: ms === undefined ? null : new Date(Date.now() + ms).toISOString() })}
      />
      <Checkbox
        label={t.enabled}
        checked={body.enabled}
        onChange={(event) => set({ enabled: event.currentTarget.checked })}
      />
    </FormDialog>
  );
}

/** What is left of a mute, to the minute, so that the field stands still while one looks at it. */
function mutedForMs({ mutedUntil }: AlarmRuleBody): number | undefined {
  const left = mutedUntil === null ? 0 : Math.round((Date.parse(mutedUntil) - Date.now()) / 60_000) * 60_000;
  return left > 0 ? left : undefined;
}

function bodyOf({ ruleId: _id, builtIn: _built, updatedAt: _at, updatedBy: _by, ...body }: AlarmRule): AlarmRuleBody {
  return body;
}

const newBody = (env: string): AlarmRuleBody => ({
  name: '',
  condition: { kind: 'dead-letter' },
  env,
  flowId: null,
  severity: 'warning',
  forMs: 0,
  renotifyMs: 4 * 3_600_000,
  channels: [],
  enabled: true,
  mutedUntil: null,
});
