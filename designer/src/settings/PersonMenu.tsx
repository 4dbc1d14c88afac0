import type { User } from '@crossdock/api-contract';
import { ActionIcon, Menu } from '@mantine/core';
import { IconBan, IconCircleCheck, IconDots, IconKey, IconTrash, IconUserShield } from '@tabler/icons-react';
import { useDeleteUser, useResetUser, useSetUserDisabled } from '../api/index.ts';
import { settingsTexts } from '../texts/index.ts';
import { askToConfirm, notifyDone } from '../ui/index.ts';
import type { Opened } from './PeopleTab.tsx';

const t = settingsTexts.people;

/** What an admin does about another person. */
export function PersonMenu({ user, onOpen }: { user: User; onOpen: (opened: Opened) => void }) {
  const remove = useDeleteUser().mutateAsync;
  const reset = useResetUser().mutateAsync;
  const setDisabled = useSetUserDisabled().mutateAsync;
  const { userId, name, status } = user;
  const isPending = status === 'pending';
  const askToReset = () =>
    askToConfirm({
      title: isPending ? t.newLinkTitle(name) : t.resetTitle(name),
      effect: isPending ? t.newLinkEffect : t.resetEffect(name),
      verb: isPending ? t.newLink : t.resetVerb,
      ...(isPending ? {} : { tone: 'red' as const }),
      run: async () => onOpen({ dialog: 'link', link: await reset(userId) }),
    });
  const askToDisable = () =>
    askToConfirm({
      title: t.disableTitle(name),
      effect: t.disableEffect(name),
      verb: t.disable,
      tone: 'red',
      run: async () => {
        await setDisabled({ userId, disabled: true });
        notifyDone(t.disabled(name));
      },
    });
  const askToRemove = () =>
    askToConfirm({
      title: t.removeTitle(name),
      effect: t.removeEffect(name),
      verb: t.remove,
      tone: 'red',
      run: async () => {
        await remove(userId);
        notifyDone(t.removed(name));
      },
    });
  const enable = () =>
    void setDisabled({ userId, disabled: false })
      .then(() => notifyDone(t.enabled(name)))
      .catch(() => undefined);
  return (
    <Menu position="bottom-end" width={208}>
      <Menu.Target>
        <ActionIcon aria-label={t.actionsOf(name)}>
          <IconDots size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconUserShield size={16} aria-hidden />}
          onClick={() => onOpen({ dialog: 'role', user })}
        >
          {t.changeRole}
        </Menu.Item>
        {status !== 'disabled' && (
          <Menu.Item leftSection={<IconKey size={16} aria-hidden />} onClick={askToReset}>
            {isPending ? t.newLink : t.reset}
          </Menu.Item>
        )}
        {status === 'disabled' ? (
          <Menu.Item leftSection={<IconCircleCheck size={16} aria-hidden />} onClick={enable}>
            {t.enable}
          </Menu.Item>
        ) : (
          <Menu.Item color="red" leftSection={<IconBan size={16} aria-hidden />} onClick={askToDisable}>
            {t.disable}
          </Menu.Item>
        )}
        <Menu.Item color="red" leftSection={<IconTrash size={16} aria-hidden />} onClick={askToRemove}>
          {t.remove}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
