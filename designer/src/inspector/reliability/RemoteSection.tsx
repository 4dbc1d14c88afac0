import { type BreakerPolicy, DEFAULT_BREAKER } from '@crossdock/flow-model';
import { NumberInput, Switch } from '@mantine/core';
import { inspectorTexts } from '../../texts/index.ts';
import { DurationInput, formatDuration } from '../../ui/index.ts';
import type { ReliabilityProps } from './reliability-props.ts';

const texts = inspectorTexts.reliability;
const DAY_MS = 86_400_000;
const DEFAULT_LIMIT = { limit: 10, periodMs: 1_000 };
const TIMES = {
  windowMs: { min: 1_000, max: DAY_MS },
  openMs: { min: 100, max: DAY_MS },
  maxOpenMs: { min: 100, max: DAY_MS },
} as const;

/** What is shared by all who call the same system: the pause after repeated failures, and the most calls in a time. */
export function RemoteSection({ node, locked, set, errorAt }: ReliabilityProps) {
  const { breaker, rateLimit } = node;
  const policy = { ...DEFAULT_BREAKER, ...breaker };
  const put = (field: keyof BreakerPolicy, value: number | undefined) => {
    const { [field]: _old, ...rest } = breaker ?? {};
    set({ breaker: value === undefined ? rest : { ...breaker, [field]: value } }, `breaker:${field}`);
  };
  return (
    <>
      <section className="cd-section" id="field-breaker" tabIndex={-1}>
        <Switch
          size="xs"
          label={texts.breaker.title}
          description={texts.breaker.hint}
          checked={breaker !== undefined}
          disabled={locked}
          error={errorAt('/breaker')}
          onChange={(event) => set({ breaker: event.currentTarget.checked ? {} : null }, 'breaker')}
        />
        {breaker && (
          <>
            <div className="cd-grid">
              <NumberInput
                label={texts.breaker.failures}
                id="field-breaker-failures"
                value={breaker.failures ?? ''}
                placeholder={String(DEFAULT_BREAKER.failures)}
                min={1}
                max={1000}
                allowDecimal={false}
                clampBehavior="blur"
                disabled={locked}
                error={errorAt('/breaker/failures')}
                onChange={(value) => put('failures', typeof value === 'number' ? value : undefined)}
              />
              {(['windowMs', 'openMs', 'maxOpenMs'] as const).map((field) => (
                <DurationInput
                  key={field}
                  label={texts.breaker[field]}
                  id={`field-breaker-${field}`}
                  value={breaker[field]}
                  fallback={DEFAULT_BREAKER[field]}
                  {...TIMES[field]}
                  disabled={locked}
                  error={errorAt(`/breaker/${field}`)}
                  onChange={(ms) => put(field, ms)}
                />
              ))}
            </div>
            <p className="cd-note">
              {texts.breaker.preview(
                policy.failures,
                formatDuration(policy.windowMs),
                formatDuration(policy.openMs),
                formatDuration(policy.maxOpenMs),
              )}
            </p>
          </>
        )}
      </section>
      <section className="cd-section" id="field-rateLimit" tabIndex={-1}>
        <Switch
          size="xs"
          label={texts.rateLimit.title}
          description={texts.rateLimit.hint}
          checked={rateLimit !== undefined}
          disabled={locked}
          error={errorAt('/rateLimit')}
          onChange={(event) => set({ rateLimit: event.currentTarget.checked ? DEFAULT_LIMIT : null }, 'rateLimit')}
        />
        {rateLimit && (
          <div className="cd-grid">
            <NumberInput
              label={texts.rateLimit.limit}
              id="field-rateLimit-limit"
              value={rateLimit.limit}
              min={1}
              max={1_000_000}
              allowDecimal={false}
              thousandSeparator=" "
              clampBehavior="blur"
              disabled={locked}
              error={errorAt('/rateLimit/limit')}
              onChange={(limit) =>
                typeof limit === 'number' && set({ rateLimit: { ...rateLimit, limit } }, 'rateLimit:limit')
              }
            />
            <DurationInput
              label={texts.rateLimit.periodMs}
              id="field-rateLimit-periodMs"
              value={rateLimit.periodMs}
              fallback={DEFAULT_LIMIT.periodMs}
              min={100}
              max={DAY_MS}
              disabled={locked}
              error={errorAt('/rateLimit/periodMs')}
              onChange={(ms) =>
                set({ rateLimit: { ...rateLimit, periodMs: ms ?? DEFAULT_LIMIT.periodMs } }, 'rateLimit:periodMs')
              }
            />
          </div>
        )}
      </section>
    </>
  );
}
