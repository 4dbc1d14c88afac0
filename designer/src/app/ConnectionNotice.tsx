import { IconPlugConnectedX } from '@tabler/icons-react';
import { useConnection } from '../api/index.ts';
import { appTexts } from '../texts/index.ts';
import classes from './ConnectionNotice.module.css';

/** Says that what is on the screen may be old, for as long as that is so. */
export function ConnectionNotice() {
  const connection = useConnection((state) => state.connection);
  if (connection !== 'offline') return null;
  return (
    <div className={classes.notice} role="status">
      <IconPlugConnectedX size={16} aria-hidden />
      {appTexts.connection.offline}
    </div>
  );
}
