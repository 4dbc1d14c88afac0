import { notifications } from '@mantine/notifications';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { explain } from '../api/index.ts';
import { uiTexts } from '../texts/index.ts';

/** Says in the corner that something is done, or goes on. */
export function notifyDone(message: string): void {
  notifications.show({ message, color: 'green', icon: <IconCheck size={16} aria-hidden />, withBorder: true });
}

/** Says why nothing was done, and what to do instead. */
export function notifyWhyNot(message: string): void {
  notifications.show({ message, color: 'yellow', icon: <IconAlertTriangle size={16} aria-hidden />, withBorder: true });
}

/** Says what failed: the sentence, what to do and the code. Stays until it is closed. */
export function notifyError(error: unknown, title?: string): void {
  const { message, fix, code } = explain(error);
  notifications.show({
    ...(title === undefined ? {} : { title }),
    message: `${message}${fix ? ` ${fix}` : ''} (${uiTexts.code(code)})`,
    color: 'red',
    icon: <IconAlertTriangle size={16} aria-hidden />,
    autoClose: false,
    withBorder: true,
  });
}
