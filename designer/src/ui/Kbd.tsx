import { Fragment } from 'react';
import classes from './Kbd.module.css';

/** A keyboard shortcut as keys. */
export function Kbd({ keys }: { keys: readonly string[] }) {
  return (
    <span className={classes.keys} aria-hidden>
      {keys.map((key) => (
        <Fragment key={key}>
          <kbd className={classes.key}>{key}</kbd>
        </Fragment>
      ))}
    </span>
  );
}
