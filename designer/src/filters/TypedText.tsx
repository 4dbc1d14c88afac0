import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import type { IconSearch } from '@tabler/icons-react';
import { useEffect, useState } from 'react';

const TYPING_MS = 250;

/** A text field that speaks up when typing rests, and follows the address when that changes from elsewhere. */
export function TypedText({
  label,
  placeholder,
  value,
  onSettled,
  icon: Icon,
  width,
}: {
  label: string;
  placeholder: string;
  value: string;
  onSettled: (value: string) => void;
  icon: typeof IconSearch;
  width: number;
}) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const settle = useDebouncedCallback(onSettled, TYPING_MS);
  return (
    <TextInput
      type="search"
      aria-label={label}
      placeholder={placeholder}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        settle(event.currentTarget.value);
      }}
      leftSection={<Icon size={14} aria-hidden />}
      w={width}
    />
  );
}
