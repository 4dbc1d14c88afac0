import type { VariableUse } from '@crossdock/api-contract';
import { Alert, Button } from '@mantine/core';
import { IconAlertTriangle, IconPlus } from '@tabler/icons-react';
import { deploymentTexts } from '../texts/index.ts';
import classes from './VariablesTab.module.css';
import { UseList } from './VariableUses.tsx';

const t = deploymentTexts.variables;

/** Variables that flows which run here need and that are not set, each with who needs it and a way to add it. */
export function MissingVariables({
  env,
  names,
  uses,
  onAdd,
}: {
  env: string;
  names: readonly string[];
  uses: ReadonlyMap<string, readonly VariableUse[]>;
  /** Undefined where the person may not. */
  onAdd: ((name: string) => void) | undefined;
}) {
  if (names.length === 0) return null;
  return (
    <Alert color="red" icon={<IconAlertTriangle size={16} aria-hidden />} title={t.missingTitle(env)}>
      <p>{t.missingHint}</p>
      {names.map((name) => (
        <div key={name} className={classes.missingName}>
          <code>{name}</code>
          <UseList label={t.usesOf(name)} uses={(uses.get(name) ?? []).filter(({ revision }) => revision !== null)} />
          {onAdd && (
            <Button
              variant="default"
              size="compact-sm"
              leftSection={<IconPlus size={14} aria-hidden />}
              aria-label={t.addMissing(name)}
              onClick={() => onAdd(name)}
            >
              {t.addShort}
            </Button>
          )}
        </div>
      ))}
    </Alert>
  );
}
