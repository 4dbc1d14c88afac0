import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import type { IconSearch } from '@tabler/icons-react';
import { useRouter } from '@tanstack/react-router';
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
  const router = useRouter();
  const settle = useDebouncedCallback((typed: string, page: string) => {
    // Who has left for another page meanwhile, which may still be loading, is not called back.
    if (router.latestLocation.pathname === page) onSettled(typed);
  }, TYPING_MS);
  return (
    <TextInput
      type="search"
      aria-label={label}
      placeholder={placeholder}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        settle(event.currentTarget.value, router.latestLocation.pathname);
      }}
      leftSection={<Icon size={14} aria-hidden />}
      w={width}
    />
  );
}
