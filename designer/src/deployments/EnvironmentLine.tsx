import type { Environment } from '@crossdock/api-contract';
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPencil, IconTrash } from '@tabler/icons-react';
import { useDeleteEnvironment } from '../api/index.ts';
import { deploymentTexts } from '../texts/index.ts';
import { askToConfirm, EnvironmentChip, notifyDone } from '../ui/index.ts';
import classes from './EnvironmentsTab.module.css';

const t = deploymentTexts.environments;

/** One environment, with what can be done to it; what cannot says why. */
export function EnvironmentLine({
  environment,
  flows,
  stays,
  mayWrite,
  onUp,
  onDown,
  onChange,
}: {
  environment: Environment;
  /** How many flows are deployed there; undefined until that is known. */
  flows: number | undefined;
  /** It cannot be deleted at all. */
  stays: boolean;
  mayWrite: boolean;
  onUp: (() => void) | undefined;
  onDown: (() => void) | undefined;
  onChange: () => void;
}) {
  const { name, title, tone } = environment;
  const remove = useDeleteEnvironment();
  const keeps = stays ? t.workbench : flows ? t.inUse(flows) : undefined;
  const confirmRemove = () =>
    askToConfirm({
      title: t.removeTitle(name),
      effect: t.removeEffect(name),
      verb: t.removeVerb,
      tone: 'red',
      environment,
      typed: name,
      run: async () => {
        await remove.mutateAsync(name);
        notifyDone(t.removed(name));
      },
    });
  return (
    <tr>
      <td>
        <EnvironmentChip name={name} tone={tone} />
      </td>
      <td>{title}</td>
      <td data-number>{flows ?? '…'}</td>
      <td>
        {mayWrite && (
          <span className={classes.actions}>
            <ActionIcon aria-label={t.up(name)} disabled={!onUp} onClick={onUp}>
              <IconArrowUp size={16} aria-hidden />
            </ActionIcon>
            <ActionIcon aria-label={t.down(name)} disabled={!onDown} onClick={onDown}>
              <IconArrowDown size={16} aria-hidden />
            </ActionIcon>
            <ActionIcon aria-label={t.change(name)} onClick={onChange}>
              <IconPencil size={16} aria-hidden />
            </ActionIcon>
            <Tooltip label={keeps} disabled={keeps === undefined}>
              <ActionIcon
                aria-label={t.remove(name)}
                data-disabled={keeps !== undefined || undefined}
                aria-disabled={keeps !== undefined}
                onClick={() => keeps === undefined && confirmRemove()}
              >
                <IconTrash size={16} aria-hidden />
              </ActionIcon>
            </Tooltip>
          </span>
        )}
      </td>
    </tr>
  );
}
