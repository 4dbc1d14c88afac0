import type { TargetNode } from '@crossdock/mapping';
import { ActionIcon, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { boardTexts as texts } from '../../texts/index.ts';
import classes from './board.module.css';
import { contradicted, type Presence, presenceAt, shortValue, valueAt } from './values-at.ts';

/** What the mapping makes of a sample; undefined where it fails. */
export interface SampleResult {
  readonly name: string;
  readonly value?: { readonly made: unknown };
}

const MAX_DOTS = 8;

/** One place of the target: how it is made, what that gives for the chosen sample, and for which samples it gives nothing. */
export function TargetRow(props: {
  node: TargetNode;
  /** The expression, where it is one. */
  expression: string | undefined;
  chosen: SampleResult | undefined;
  results: readonly SampleResult[];
  before: SampleResult | undefined;
  isRenamed: boolean;
  /** With a key the tree takes the focus back. */
  onRename: (name: string | undefined, isByKey: boolean) => void;
  onRemove: (() => void) | undefined;
}) {
  const { node, chosen, results } = props;
  const isRoot = node.address.length === 0;
  const value = madeAt(chosen, node);
  const was = madeAt(props.before, node);
  const isChanged = props.before !== undefined && JSON.stringify(was) !== JSON.stringify(value);
  const expected = contradicted(value, node.type);
  return (
    <>
      <span className={classes.state} data-state={node.state} aria-hidden />
      {props.isRenamed ? (
        <NameField name={node.name} onDone={props.onRename} />
      ) : (
        <span className={classes.name}>{isRoot ? texts.result : node.name}</span>
      )}{' '}
      {node.isList ? <span className={classes.mark}>{texts.list}</span> : null}{' '}
      {props.expression === undefined ? null : <code className={classes.chip}>{props.expression}</code>}{' '}
      <span
        className={classes.value}
        data-changed={isChanged || undefined}
        title={isChanged ? texts.was(shortValue(was, texts.items)) : undefined}
      >
        {shownValue(node, value)}
      </span>
      {expected === undefined ? null : <span className={classes.mismatch}>{texts.expected(expected)}</span>}
      {results.length > 1 && node.value && !isRoot ? (
        <span className={classes.dots}>
          {results.slice(0, MAX_DOTS).map((result) => (
            <i key={result.name} data-presence={presenceOf(result, node)} title={dotTitle(result, node)} />
          ))}
        </span>
      ) : null}
      {props.onRemove ? (
        <ActionIcon
          className={classes.remove}
          size={18}
          tabIndex={-1}
          aria-label={texts.removeField(node.name)}
          onClick={(event) => {
            event.stopPropagation();
            props.onRemove?.();
          }}
        >
          <IconX size={12} stroke={2} />
        </ActionIcon>
      ) : null}
    </>
  );
}

function presenceOf({ value }: SampleResult, { address }: TargetNode): Presence | 'failed' {
  return value ? presenceAt(value.made, address) : 'failed';
}

const dotTitle = (result: SampleResult, node: TargetNode): string =>
  texts.inSample(result.name, texts.presence[presenceOf(result, node)]);

function NameField({ name, onDone }: { name: string; onDone: (name: string | undefined, isByKey: boolean) => void }) {
  const [text, setText] = useState(name);
  return (
    <TextInput
      size="xs"
      className={classes.nameField}
      aria-label={texts.newName(name)}
      value={text}
      autoFocus
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={() => onDone(text.trim() || undefined, false)}
      onClick={(event) => event.stopPropagation()}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter') onDone(text.trim() || undefined, true);
        if (event.key === 'Escape') onDone(undefined, true);
      }}
    />
  );
}

/** The row in words: what is seen of it in that order, then type, whether it is required, how it is mapped, and where it stays empty. */
export function targetLabel(
  node: TargetNode,
  expression: string | undefined,
  chosen: SampleResult | undefined,
  results: readonly SampleResult[],
): string {
  const value = shownValue(node, madeAt(chosen, node));
  const empty = results.filter((result) => presenceOf(result, node) !== 'full').length;
  return texts.row([
    ...[node.address.length === 0 ? texts.result : node.name, node.isList && texts.list, expression, value, node.type],
    node.isRequired && value !== texts.required && texts.required,
    texts.states[node.state],
    empty > 0 && texts.emptyIn(empty),
  ]);
}

/** What the sample gives there; the whole result stands beside the tree. */
function madeAt(result: SampleResult | undefined, { address }: TargetNode): unknown {
  return result?.value && address.length > 0 ? valueAt(result.value.made, address) : undefined;
}

const shownValue = ({ state }: TargetNode, value: unknown): string =>
  shortValue(value, texts.items) || (state === 'missing' ? texts.required : '');
