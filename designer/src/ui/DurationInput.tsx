import { durationText } from '@crossdock/flow-model';
import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { uiTexts } from '../texts/index.ts';
import { parseDuration } from './parse-duration.ts';

const t = uiTexts.duration;

/** A time in milliseconds, read and written as people do: `30 s`, `1 h 30 min`. Empty means no value; what lies outside the bounds is said, not changed. */
export function DurationInput({
  label,
  description,
  id,
  value,
  fallback,
  min = 0,
  max,
  disabled = false,
  error,
  onChange,
}: {
  label?: string;
  description?: string | undefined;
  id?: string;
  value: number | undefined;
  /** What holds while the field is empty. */
  fallback?: number | undefined;
  min?: number;
  max?: number | undefined;
  disabled?: boolean;
  error?: string | undefined;
  onChange: (ms: number | undefined) => void;
}) {
  const [text, setText] = useState(() => textOf(value));
  const [last, setLast] = useState(value);
  if (last !== value) {
    setLast(value);
    if (parseDuration(text) !== value) setText(textOf(value));
  }
  const ms = parseDuration(text);
  const wrong =
    text.trim() === ''
      ? undefined
      : ms === undefined
        ? t.unreadable
        : ms < min
          ? t.tooShort(durationText(min))
          : max !== undefined && ms > max
            ? t.tooLong(durationText(max))
            : undefined;
  return (
    <TextInput
      {...(label === undefined ? {} : { label })}
      {...(description === undefined ? {} : { description })}
      {...(id === undefined ? {} : { id })}
      value={text}
      placeholder={textOf(fallback)}
      disabled={disabled}
      error={wrong ?? error}
      autoComplete="off"
      spellCheck={false}
      onChange={(event) => {
        const next = event.currentTarget.value;
        setText(next);
        const nextMs = parseDuration(next);
        if (next.trim() !== '' && nextMs === undefined) return;
        setLast(nextMs);
        if (nextMs !== value) onChange(nextMs);
      }}
      onBlur={() => ms !== undefined && setText(durationText(ms))}
    />
  );
}

const textOf = (ms: number | undefined): string => (ms === undefined ? '' : durationText(ms));
