import { businessKeys } from './business-keys.ts';
import classes from './Keys.module.css';

/** Business keys in one line, each value named on hover. */
export function Keys({ keys }: { keys: Record<string, unknown> }) {
  return (
    <span className={classes.keys}>
      {businessKeys(keys).map(([name, values]) => (
        <span key={name} title={name}>
          {values.join(', ')}
        </span>
      ))}
    </span>
  );
}
