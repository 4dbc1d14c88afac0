import { DEFAULT_RETRY, type RetryPolicy } from '@crossdock/flow-model';
import { Button, NumberInput } from '@mantine/core';
import { inspectorTexts } from '../../texts/index.ts';
import { DurationInput } from '../../ui/index.ts';
import type { ReliabilityProps } from './reliability-props.ts';
import { describeRetry } from './retry-preview.ts';

const texts = inspectorTexts.reliability;

const NUMBERS = {
  maxAttempts: { min: 1, max: 1000, step: 1, allowDecimal: false },
  factor: { min: 1, max: 100, step: 0.5, allowDecimal: true },
  jitter: { min: 0, max: 1, step: 0.1, allowDecimal: true },
} as const;
const TIMES = {
  initialDelayMs: { max: 86_400_000 },
  maxDelayMs: { max: 604_800_000 },
} as const;
const FIELDS = ['maxAttempts', 'initialDelayMs', 'factor', 'maxDelayMs', 'jitter'] as const;

/** How often a node tries again, and what that comes to in plain words. */
export function RetrySection({ node, locked, set, errorAt }: ReliabilityProps) {
  const retry = node.retry ?? {};
  const put = (field: keyof RetryPolicy, value: number | undefined) => {
    const { [field]: _old, ...rest } = retry;
    const next = value === undefined ? rest : { ...retry, [field]: value };
    set({ retry: Object.keys(next).length > 0 ? next : null }, `retry:${field}`);
  };
  return (
    <section className="cd-section">
      <div className="cd-section-head">
        <h3>{texts.retryTitle}</h3>
        {node.retry ? (
          <Button
            size="compact-xs"
            variant="subtle"
            disabled={locked}
            onClick={() => set({ retry: null }, 'retry:defaults')}
          >
            {texts.defaults}
          </Button>
        ) : (
          <span className="cd-dim">{texts.usesDefaults}</span>
        )}
      </div>
      <div className="cd-grid">
        {FIELDS.map((field) =>
          field === 'initialDelayMs' || field === 'maxDelayMs' ? (
            <DurationInput
              key={field}
              label={texts[field]}
              id={`field-retry-${field}`}
              value={retry[field]}
              fallback={DEFAULT_RETRY[field]}
              {...TIMES[field]}
              disabled={locked}
              error={errorAt(`/retry/${field}`)}
              onChange={(ms) => put(field, ms)}
            />
          ) : (
            <NumberInput
              key={field}
              label={texts[field]}
              id={`field-retry-${field}`}
              value={retry[field] ?? ''}
              placeholder={String(DEFAULT_RETRY[field])}
              disabled={locked}
              {...NUMBERS[field]}
              clampBehavior="blur"
              thousandSeparator=" "
              error={errorAt(`/retry/${field}`)}
              onChange={(value) => put(field, typeof value === 'number' ? value : undefined)}
            />
          ),
        )}
      </div>
      <p className="cd-note" data-testid="retry-preview">
        {describeRetry({ ...DEFAULT_RETRY, ...retry })}
      </p>
      <p className="cd-dim">
        {texts.retryRule} {texts.longWaits}
      </p>
    </section>
  );
}
