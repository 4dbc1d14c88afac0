import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { inspectorTexts } from '../../texts/index.ts';
import { type Pair, pairsText, parsePairs } from './pairs.ts';

const texts = inspectorTexts.form;

/** All pairs as text, to be pasted over and taken as a whole. */
export function PairsText(props: {
  label: string;
  pairs: readonly Pair[];
  onTake: (pairs: readonly Pair[]) => void;
  onCancel: () => void;
}) {
  const [text, setText] = useState(() => pairsText(props.pairs));
  const read = parsePairs(text);
  return (
    <div className="cd-pairs">
      <Textarea
        aria-label={texts.textOf(props.label)}
        description={texts.textHint}
        value={text}
        autosize
        minRows={4}
        maxRows={14}
        autoFocus
        spellCheck={false}
        classNames={{ input: 'cd-mono' }}
        error={typeof read === 'string' ? read : null}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div className="cd-pairs-foot">
        <Button
          size="compact-xs"
          disabled={typeof read === 'string'}
          onClick={() => typeof read !== 'string' && props.onTake(read)}
        >
          {texts.takeText}
        </Button>
        <Button size="compact-xs" variant="subtle" color="gray" onClick={props.onCancel}>
          {texts.cancel}
        </Button>
      </div>
    </div>
  );
}
