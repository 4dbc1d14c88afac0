import { Select } from '@mantine/core';

/** One of the entities or systems that there are, or any. */
export function NameSelect({
  label,
  any,
  names,
  value,
  onChange,
}: {
  label: string;
  any?: string;
  names: readonly string[];
  value: string | undefined;
  onChange: (name: string | undefined) => void;
}) {
  const all = [...new Set([...names, ...(value === undefined ? [] : [value])])].toSorted();
  return (
    <Select
      aria-label={label}
      placeholder={any ?? label}
      data={all}
      value={value ?? null}
      onChange={(next) => onChange(next ?? undefined)}
      clearable={any !== undefined}
      searchable
      w={180}
    />
  );
}
