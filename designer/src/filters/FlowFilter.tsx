import { Select } from '@mantine/core';
import { useFlows } from '../api/index.ts';
import { filterTexts } from '../texts/index.ts';

/** One flow, by its name. */
export function FlowFilter({
  value,
  onChange,
}: {
  value: string | undefined;
  onChange: (flow: string | undefined) => void;
}) {
  const flows = useFlows().data ?? [];
  return (
    <Select
      aria-label={filterTexts.flow}
      placeholder={filterTexts.anyFlow}
      data={flows.map(({ id, name }) => ({ value: id, label: name }))}
      value={value ?? null}
      onChange={(flow) => onChange(flow ?? undefined)}
      searchable
      clearable
      w={184}
    />
  );
}
