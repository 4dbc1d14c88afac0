import type { Subscription } from '@crossdock/api-contract';
import { ActionIcon, Menu } from '@mantine/core';
import {
  IconDots,
  IconHistory,
  IconListDetails,
  IconPencil,
  IconPlayerPause,
  IconPlayerPlay,
  IconSend,
  IconTrash,
} from '@tabler/icons-react';
import {
  ApiError,
  useDeleteSubscription,
  usePauseSubscription,
  useResumeSubscription,
  useTestSubscription,
} from '../api/index.ts';
import { subscriptionTexts } from '../texts/index.ts';
import { askToConfirm, notifyDone, notifyError } from '../ui/index.ts';

const t = subscriptionTexts;

export type SubscriptionDialogName = 'edit' | 'replay' | 'failures';

/** What can be done with a subscription; who may not change it sees what failed alone. */
export function SubscriptionMenu({
  subscription: { subscriptionId, env, state },
  name,
  mayWrite,
  onOpen,
}: {
  subscription: Subscription;
  name: string;
  mayWrite: boolean;
  onOpen: (dialog: SubscriptionDialogName) => void;
}) {
  const { mutate: test } = useTestSubscription(env);
  const { mutate: pause } = usePauseSubscription(env);
  const { mutate: resume } = useResumeSubscription(env);
  const remove = useDeleteSubscription(env).mutateAsync;
  const onError = (error: unknown) => notifyError(error);
  const askToRemove = () =>
    askToConfirm({
      title: t.removeTitle(name),
      effect: t.removeEffect,
      verb: t.remove,
      tone: 'red',
      run: async () => {
        await remove(subscriptionId);
        notifyDone(t.removed(name));
      },
    });
  const sendTest = () =>
    test(subscriptionId, {
      onSuccess: ({ delivered, error }) => {
        if (delivered) notifyDone(t.tested(name));
        else notifyError(new ApiError({ status: 502, code: '', message: '', ...error }));
      },
      onError,
    });
  return (
    <Menu position="bottom-end" width={232}>
      <Menu.Target>
        <ActionIcon variant="subtle" aria-label={t.actionsOf(name)}>
          <IconDots size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconListDetails size={16} aria-hidden />} onClick={() => onOpen('failures')}>
          {t.failures}
        </Menu.Item>
        {mayWrite && (
          <>
            <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={() => onOpen('edit')}>
              {t.edit}
            </Menu.Item>
            <Menu.Item leftSection={<IconSend size={16} aria-hidden />} onClick={sendTest}>
              {t.test}
            </Menu.Item>
            {state === 'active' ? (
              <Menu.Item
                leftSection={<IconPlayerPause size={16} aria-hidden />}
                onClick={() => pause(subscriptionId, { onSuccess: () => notifyDone(t.paused(name)), onError })}
              >
                {t.pause}
              </Menu.Item>
            ) : (
              <Menu.Item
                leftSection={<IconPlayerPlay size={16} aria-hidden />}
                onClick={() => resume(subscriptionId, { onSuccess: () => notifyDone(t.resumed(name)), onError })}
              >
                {t.resume}
              </Menu.Item>
            )}
            <Menu.Item leftSection={<IconHistory size={16} aria-hidden />} onClick={() => onOpen('replay')}>
              {t.replay}
            </Menu.Item>
            <Menu.Divider />
            <Menu.Item color="red" leftSection={<IconTrash size={16} aria-hidden />} onClick={askToRemove}>
              {t.remove}
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
