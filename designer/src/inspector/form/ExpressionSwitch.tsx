import { ActionIcon, Tooltip } from '@mantine/core';
import { IconMathFunction } from '@tabler/icons-react';
import { inspectorTexts } from '../../texts/index.ts';

const texts = inspectorTexts.form;

/** The `fx` switch of a value: fixed, or computed with JSONata. */
export function ExpressionSwitch(props: { label: string; isComputed: boolean; locked: boolean; onSwitch: () => void }) {
  const { label, isComputed } = props;
  const does = isComputed ? texts.toLiteral(label) : texts.toExpression(label);
  return (
    <Tooltip label={does}>
      <ActionIcon
        size={24}
        variant={isComputed ? 'light' : 'subtle'}
        color={isComputed ? 'indigo' : 'gray'}
        aria-pressed={isComputed}
        aria-label={does}
        disabled={props.locked}
        onClick={props.onSwitch}
      >
        <IconMathFunction size={14} stroke={1.75} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}
