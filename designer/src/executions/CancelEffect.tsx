import type { ExecutionDetail } from '@crossdock/api-contract';
import { repairTexts } from '../texts/index.ts';
import classes from './CancelEffect.module.css';
import { useNodeNames } from './use-node-names.ts';

const t = repairTexts.cancel;

/** What cancelling comes to: what stops, what is undone by which node, and whom else it takes along. */
export function CancelEffect({ execution }: { execution: ExecutionDetail }) {
  const nodeName = useNodeNames(execution);
  const toUndo = (execution.effects ?? []).filter(({ undone }) => !undone).toReversed();
  const waitsForChildren = execution.waitsFor?.find(({ kind }) => kind === 'children');
  const open = waitsForChildren ? (waitsForChildren.count ?? 0) - (waitsForChildren.done ?? 0) : 0;
  return (
    <>
      <p>{t.effect}</p>
      {open > 0 && <p>{t.children(open)}</p>}
      {toUndo.length === 0 ? (
        <p>{t.nothingUndone}</p>
      ) : (
        <div>
          {t.undone(toUndo.length)}
          <ul className={classes.effects}>
            {toUndo.map(({ nodeId, iteration, compensate }) => (
              <li key={`${nodeId} ${iteration}`}>{t.undoneBy(nodeName(nodeId), nodeName(compensate))}</li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}
