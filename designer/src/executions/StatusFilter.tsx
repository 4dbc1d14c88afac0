import { EXECUTION_STATUSES } from '@crossdock/api-contract';
import classes from '../filters/filters.module.css';
import { executionTexts, uiTexts } from '../texts/index.ts';
import { STATUS_LOOK } from '../ui/index.ts';

/** Statuses to switch on and off; several at once are joined with commas, none means all. */
export function StatusFilter({
  value,
  onChange,
}: {
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}) {
  const on = new Set(value?.split(',') ?? []);
  return (
    <fieldset className={classes.chips} aria-label={executionTexts.list.status}>
      {EXECUTION_STATUSES.map((status) => {
        const { Icon } = STATUS_LOOK[status];
        return (
          <button
            key={status}
            type="button"
            className={classes.chip}
            aria-pressed={on.has(status)}
            title={executionTexts.list.statusHints[status]}
            onClick={() => {
              const next = new Set(on);
              if (!next.delete(status)) next.add(status);
              onChange(next.size === 0 ? undefined : [...next].join(','));
            }}
          >
            <Icon size={12} aria-hidden />
            {uiTexts.status[status]}
          </button>
        );
      })}
    </fieldset>
  );
}
