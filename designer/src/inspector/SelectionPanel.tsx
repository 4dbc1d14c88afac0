import type { Alignment, Distribution } from '@crossdock/flow-model';
import { ActionIcon, Button, Group, TextInput, Tooltip } from '@mantine/core';
import {
  IconArrowMerge,
  IconBox,
  IconBoxOff,
  IconCopy,
  IconCopyPlus,
  IconLayoutAlignBottom,
  IconLayoutAlignCenter,
  IconLayoutAlignLeft,
  IconLayoutAlignMiddle,
  IconLayoutAlignRight,
  IconLayoutAlignTop,
  IconLayoutDistributeHorizontal,
  IconLayoutDistributeVertical,
  IconRoute,
  IconTrash,
  type TablerIcon,
} from '@tabler/icons-react';
import { useMemo } from 'react';
import { ColorChoice } from '../canvas/index.ts';
import { canvasActions } from '../editor/canvas-actions.ts';
import { useChange, useEditor, useEditorContext } from '../editor/store/editor-context.tsx';
import { selectedGroup } from '../editor/store/edits.ts';
import { inspectorTexts } from '../texts/index.ts';
import { copyText, notifyDone, notifyError } from '../ui/index.ts';

const texts = inspectorTexts.several;

const ARRANGEMENTS: readonly (readonly [Alignment | Distribution, TablerIcon])[] = [
  ['left', IconLayoutAlignLeft],
  ['centre', IconLayoutAlignCenter],
  ['right', IconLayoutAlignRight],
  ['top', IconLayoutAlignTop],
  ['middle', IconLayoutAlignMiddle],
  ['bottom', IconLayoutAlignBottom],
  ['across', IconLayoutDistributeVertical],
  ['down', IconLayoutDistributeHorizontal],
];

/** Several selected things: what can be done with all of them at once. */
export function SelectionPanel() {
  const { store } = useEditorContext();
  const { nodeIds, edgeIds } = useEditor((state) => state.selection);
  const locked = useEditor((state) => state.readOnly);
  const group = useEditor((state) => selectedGroup(state.flow, state.selection));
  const change = useChange();
  const actions = useMemo(() => canvasActions(store), [store]);
  const hasNodes = nodeIds.length > 0;
  const icon = { size: 16, stroke: 1.5, 'aria-hidden': true } as const;

  const copy = async () => {
    const text = actions.onCopy();
    if (text === undefined) return;
    if (await copyText(text)) notifyDone(texts.copied(nodeIds.length));
    else notifyError(new Error(texts.notCopied));
  };
  const isTooFew = (how: Alignment | Distribution) => nodeIds.length < (how === 'across' || how === 'down' ? 3 : 2);

  return (
    <div className="cd-inspector-body">
      <h2>{texts.title(nodeIds.length, edgeIds.length)}</h2>
      <p className="cd-dim">{texts.hint}</p>
      {group ? (
        <>
          <TextInput
            label={texts.groupTitle}
            value={group.title}
            maxLength={200}
            disabled={locked}
            onChange={(event) =>
              change({ kind: 'putGroup', group: { ...group, title: event.currentTarget.value } }, `group:${group.id}`)
            }
          />
          <ColorChoice
            value={group.color}
            disabled={locked}
            onChange={(color) => change({ kind: 'putGroup', group: { ...group, color } })}
          />
        </>
      ) : null}
      <Group gap={4} role="group" aria-label={texts.arrange}>
        {ARRANGEMENTS.map(([how, Icon]) => (
          <Tooltip key={how} label={texts.arrangements[how]}>
            <ActionIcon
              size={32}
              variant="default"
              aria-label={texts.arrangements[how]}
              disabled={locked || isTooFew(how)}
              onClick={() => actions.onArrangeSelection(how)}
            >
              <Icon {...icon} />
            </ActionIcon>
          </Tooltip>
        ))}
      </Group>
      <Group gap="xs">
        <Button variant="default" leftSection={<IconCopy {...icon} />} disabled={!hasNodes} onClick={() => void copy()}>
          {texts.copy}
        </Button>
        <Button
          variant="default"
          leftSection={<IconCopyPlus {...icon} />}
          disabled={locked || !hasNodes}
          onClick={actions.onDuplicateSelection}
        >
          {texts.duplicate}
        </Button>
        <Button
          variant="default"
          leftSection={group ? <IconBoxOff {...icon} /> : <IconBox {...icon} />}
          disabled={locked || !hasNodes}
          onClick={group ? actions.onUngroupSelection : actions.onGroupSelection}
        >
          {group ? texts.ungroup : texts.group}
        </Button>
        <Button
          variant="default"
          leftSection={<IconRoute {...icon} />}
          disabled={locked || !hasNodes}
          onClick={actions.onCollapseSelection}
        >
          {texts.collapse}
        </Button>
        {nodeIds.length === 1 && edgeIds.length === 1 ? (
          <Button
            variant="default"
            leftSection={<IconArrowMerge {...icon} />}
            disabled={locked}
            onClick={actions.onInsertSelection}
          >
            {texts.insert}
          </Button>
        ) : null}
        <Button
          variant="light"
          color="red"
          leftSection={<IconTrash {...icon} />}
          disabled={locked}
          onClick={actions.onRemoveSelection}
        >
          {texts.remove}
        </Button>
      </Group>
    </div>
  );
}
