import {
  DEFAULT_NODE_TIMEOUT_MS,
  DEFAULT_RETRY,
  type FlowNode,
  type OnError,
  type RetryPolicy,
} from '@crossdock/flow-model';
import { Button, NumberInput, Radio, Stack } from '@mantine/core';
import { useChange } from '../editor/store/editor-context.tsx';
import { inspectorTexts } from '../texts/index.ts';
import { describeRetry } from './retry-preview.ts';

const texts = inspectorTexts.reliability;

const LIMITS: Readonly<Record<keyof RetryPolicy, { min: number; max: number; step: number }>> = {
  maxAttempts: { min: 1, max: 1000, step: 1 },
  initialDelayMs: { min: 0, max: 86_400_000, step: 500 },
  factor: { min: 1, max: 100, step: 0.5 },
  maxDelayMs: { min: 0, max: 604_800_000, step: 1000 },
  jitter: { min: 0, max: 1, step: 0.1 },
};
const FIELDS = Object.keys(LIMITS) as (keyof RetryPolicy)[];
const ON_ERROR: readonly OnError[] = ['stop', 'continue', 'branch'];

/** Retry, timeout and what happens when a node fails for good. */
export function ReliabilityTab({ node, isTrigger, locked }: { node: FlowNode; isTrigger: boolean; locked: boolean }) {
  const change = useChange();
  if (isTrigger) return <p className="cd-dim">{texts.trigger}</p>;

  const retry = node.retry ?? {};
  const setRetry = (field: keyof RetryPolicy, value: number | undefined) => {
    const { [field]: _old, ...rest } = retry;
    const next = value === undefined ? rest : { ...retry, [field]: value };
    const patch = { retry: Object.keys(next).length > 0 ? next : null };
    change({ kind: 'updateNode', nodeId: node.id, patch }, `retry:${node.id}:${field}`);
  };
  return (
    <Stack gap="lg">
      <section className="cd-section">
        <div className="cd-section-head">
          <h3>{texts.retryTitle}</h3>
          {node.retry ? (
            <Button
              size="compact-xs"
              variant="subtle"
              disabled={locked}
              onClick={() => change({ kind: 'updateNode', nodeId: node.id, patch: { retry: null } })}
            >
              {texts.defaults}
            </Button>
          ) : (
            <span className="cd-dim">{texts.usesDefaults}</span>
          )}
        </div>
        <div className="cd-grid">
          {FIELDS.map((field) => (
            <NumberInput
              key={field}
              label={texts[field]}
              id={`field-retry-${field}`}
              value={retry[field] ?? ''}
              placeholder={String(DEFAULT_RETRY[field])}
              disabled={locked}
              {...LIMITS[field]}
              clampBehavior="blur"
              allowDecimal={field === 'factor' || field === 'jitter'}
              thousandSeparator=" "
              onChange={(value) => setRetry(field, typeof value === 'number' ? value : undefined)}
            />
          ))}
        </div>
        <p className="cd-note" data-testid="retry-preview">
          {describeRetry({ ...DEFAULT_RETRY, ...retry })}
        </p>
        <p className="cd-dim">
          {texts.retryRule} {texts.longWaits}
        </p>
      </section>
      <NumberInput
        label={texts.timeout}
        id="field-timeoutMs"
        value={node.timeoutMs ?? ''}
        placeholder={String(DEFAULT_NODE_TIMEOUT_MS)}
        min={1}
        step={1000}
        allowDecimal={false}
        thousandSeparator=" "
        disabled={locked}
        onChange={(value) =>
          change(
            { kind: 'updateNode', nodeId: node.id, patch: { timeoutMs: typeof value === 'number' ? value : null } },
            `timeoutMs:${node.id}`,
          )
        }
      />
      <Radio.Group
        label={texts.onErrorTitle}
        value={node.onError ?? 'stop'}
        onChange={(value) =>
          change({
            kind: 'updateNode',
            nodeId: node.id,
            patch: { onError: value === 'stop' ? null : (value as OnError) },
          })
        }
      >
        <Stack gap={8} mt={6}>
          {ON_ERROR.map((value) => (
            <Radio
              key={value}
              value={value}
              size="xs"
              label={texts.onError[value]}
              description={texts.onErrorHint[value]}
              disabled={locked}
            />
          ))}
        </Stack>
      </Radio.Group>
    </Stack>
  );
}
