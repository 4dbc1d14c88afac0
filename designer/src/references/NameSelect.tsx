import { Select } from '@mantine/core';

/** One of the entities or systems that there are, or any. */
export function NameSelect({
  label,
  any,
  names,
  wordOf = (name) => name,
  value,
  onChange,
}: {
  label: string;
  any?: string;
  names: readonly string[];
  /** How one is called. */
  wordOf?: (name: string) => string;
  value: string | undefined;
  onChange: (name: string | undefined) => void;
}) {
  const all = [...new Set([...names, ...(value === undefined ? [] : [value])])].toSorted();
  return (
    <Select
      aria-label={label}
      placeholder={any ?? label}
      data={all.map((name) => ({ value: name, label: wordOf(name) }))}
      value={value ?? null}
      onChange={(next) => onChange(next ?? undefined)}
      clearable={any !== undefined}
      searchable
      w={180}
    />
  );
}
