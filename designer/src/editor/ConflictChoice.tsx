import { type Flow, fieldName, type MergeConflict, type Side } from '@crossdock/flow-model';
import { Radio } from '@mantine/core';
import { valueText } from '../deployments/change-words.ts';
import { editorTexts } from '../texts/index.ts';
import classes from './ConflictDialog.module.css';

const texts = editorTexts.conflict;
const START = 40;

/** One thing that both sides changed, as each has it, to choose from. */
export function ConflictChoice({
  conflict,
  versions,
  who,
  chosen,
  onChoose,
}: {
  conflict: MergeConflict;
  versions: Readonly<Record<Side, Flow>>;
  who: string;
  chosen: Side | undefined;
  onChoose: (side: Side) => void;
}) {
  return (
    <Radio.Group
      value={chosen ?? null}
      onChange={(side) => onChoose(side as Side)}
      label={titleOf(conflict, versions)}
      classNames={{ label: classes.what ?? '' }}
    >
      <div className={classes.sides}>
        {(['theirs', 'mine'] as const).map((side) => (
          <Radio.Card key={side} value={side} className={classes.card}>
            <span className={classes.side}>
              <Radio.Indicator size="xs" />
              {side === 'mine' ? texts.mine : texts.theirs(who)}
            </span>
            <pre className={classes.value}>{textOf(conflict, side)}</pre>
          </Radio.Card>
        ))}
      </div>
    </Radio.Group>
  );
}

function titleOf({ nodeId, keys }: MergeConflict, { mine, theirs }: Readonly<Record<Side, Flow>>): string {
  if (nodeId === undefined) return drawnTitle(keys, { mine, theirs }) ?? fieldName(keys);
  const node = [...mine.nodes, ...theirs.nodes].find(({ id }) => id === nodeId);
  return `${node?.name ?? nodeId} · ${keys.length === 0 ? texts.wholeNode : fieldName(keys)}`;
}

/** A group or note, by what it said before the choice. */
function drawnTitle([layout, list, id]: readonly string[], { mine, theirs }: Readonly<Record<Side, Flow>>) {
  if (layout !== 'layout') return undefined;
  const drawn = [mine.layout, theirs.layout];
  const group = drawn.flatMap((one) => one?.groups ?? []).find((one) => one.id === id);
  const note = drawn.flatMap((one) => one?.notes ?? []).find((one) => one.id === id);
  return list === 'groups' ? group && texts.group(group.title) : note && texts.note(note.text.slice(0, START));
}

function textOf({ removedBy, ...values }: MergeConflict, side: Side): string {
  if (removedBy !== undefined) return removedBy === side ? texts.removed : texts.kept;
  return values[side] === undefined ? texts.absent : valueText(values[side]);
}
