import type { ReplayBody } from '@crossdock/api-contract';
import { Radio, Stack } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMay } from '../api/index.ts';
import { repairTexts } from '../texts/index.ts';
import classes from './replay.module.css';

const t = repairTexts.keys;

export type ReplayEffects = NonNullable<ReplayBody['effects']>;

/** Whether targets may see that they did it before. New keys need a right of their own, and are warned of. */
export function ReplayKeys({
  value,
  isUndone = false,
  onChange,
}: {
  value: ReplayEffects;
  /** What was done was undone: only new keys do it again, and nothing is done twice by them. */
  isUndone?: boolean;
  onChange: (value: ReplayEffects) => void;
}) {
  const mayRenew = useMay('executions:replay-new-keys');
  return (
    <Radio.Group label={t.label} value={value} onChange={(next) => onChange(next as ReplayEffects)}>
      <Stack gap={8} mt={6}>
        <Radio
          size="xs"
          value="same-keys"
          label={t.same}
          description={isUndone ? t.sameUndone : t.sameHint}
          disabled={isUndone}
        />
        <Radio
          size="xs"
          value="new-keys"
          label={t.fresh}
          description={mayRenew ? t.freshHint : t.freshForbidden}
          disabled={!mayRenew}
        />
      </Stack>
      {value === 'new-keys' && !isUndone && (
        <div className={classes.warning} role="alert">
          <IconAlertTriangle size={16} aria-hidden />
          {t.freshWarning}
        </div>
      )}
    </Radio.Group>
  );
}
