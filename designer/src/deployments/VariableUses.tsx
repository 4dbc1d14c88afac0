import type { VariableUse } from '@crossdock/api-contract';
import { Button, Popover } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { deploymentTexts } from '../texts/index.ts';
import classes from './VariablesTab.module.css';

const t = deploymentTexts.variables;

/** How many flows read a variable; opens a list that leads to the nodes. */
export function VariableUses({ name, uses }: { name: string; uses: readonly VariableUse[] }) {
  if (uses.length === 0) return <span className={classes.unused}>{t.usedByNobody}</span>;
  const count = t.uses(new Set(uses.map(({ flowId }) => flowId)).size);
  return (
    <Popover position="bottom-end" shadow="md" trapFocus>
      <Popover.Target>
        <Button variant="subtle" size="compact-sm" aria-label={`${t.usesOf(name)}: ${count}`}>
          {count}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <UseList label={t.usesOf(name)} uses={uses} />
      </Popover.Dropdown>
    </Popover>
  );
}

/** The places where a variable is read, each a link. */
export function UseList({ label, uses }: { label: string; uses: readonly VariableUse[] }) {
  return (
    <ul className={classes.uses} aria-label={label}>
      {uses.map(({ flowId, flowName, nodeId, nodeName, revision }) => (
        <li key={`${flowId} ${nodeId}`}>
          <Link
            to="/flows/$flowId"
            params={{ flowId }}
            search={nodeId === null ? {} : { node: nodeId }}
            className="cd-link"
          >
            {flowName}
          </Link>
          <span>{nodeName ?? t.useKeys}</span>
          <span className="cd-dim">{revision === null ? t.useDraft : t.useIn(revision)}</span>
        </li>
      ))}
    </ul>
  );
}
