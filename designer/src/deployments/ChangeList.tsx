import type { EdgeDiff, FieldDiff, FlowDiff } from '@crossdock/flow-model';
import { isEmptyDiff } from '@crossdock/flow-model';
import { useNodeTypes } from '../api/index.ts';
import { deploymentTexts } from '../texts/index.ts';
import classes from './ChangeList.module.css';
import { edgeInWords, fieldTitle, nodeTitle, valueText } from './change-words.ts';

const t = deploymentTexts.changes;

/** Nodes and fields that differ between two revisions, each with what it was and what it is. */
export function ChangeList({ diff }: { diff: FlowDiff }) {
  const { data: nodeTypes } = useNodeTypes();
  if (isEmptyDiff(diff)) return <p className="cd-dim">{t.none}</p>;
  return (
    <ul className={classes.list}>
      {diff.nodes.map((node) => (
        <li key={node.nodeId} className={classes.item}>
          <span className={classes.title}>
            <strong>{nodeTitle(node, nodeTypes?.find(({ type }) => type === node.type)?.title)}</strong>
            <Mark change={node.change} />
          </span>
          <Fields fields={node.fields} />
        </li>
      ))}
      {diff.fields.length > 0 && (
        <li className={classes.item}>
          <strong>{t.flow}</strong>
          <Fields fields={diff.fields} />
        </li>
      )}
      {diff.edges.map((edge) => (
        <li key={edge.edgeId} className={classes.item}>
          {edgeSentence(edge)}
        </li>
      ))}
      {diff.isReordered && <li className={classes.item}>{t.reordered}</li>}
    </ul>
  );
}

function Mark({ change }: { change: keyof typeof t.marks }) {
  return (
    <span className={classes.mark} data-change={change}>
      {t.marks[change]}
    </span>
  );
}

function Fields({ fields }: { fields: readonly FieldDiff[] }) {
  return fields.map((field) => (
    <div key={fieldTitle(field)} className={classes.field}>
      <code>{fieldTitle(field)}</code>
      <del className={classes.value}>{'before' in field ? valueText(field.before) : t.absent}</del>
      <ins className={classes.value}>{'after' in field ? valueText(field.after) : t.absent}</ins>
    </div>
  ));
}

function edgeSentence({ before, after }: EdgeDiff): string {
  if (before && after) return t.edgeMoved(edgeInWords(before), edgeInWords(after));
  if (after) return t.edgeAdded(edgeInWords(after));
  return before ? t.edgeRemoved(edgeInWords(before)) : '';
}
