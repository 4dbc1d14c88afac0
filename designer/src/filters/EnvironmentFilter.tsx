import { Select } from '@mantine/core';
import { useEnvironment } from '../app/use-environment.ts';
import { filterTexts } from '../texts/index.ts';

const ALL = '*';

/** The environment the person works in, or all of them; the first is the frame's choice too. */
export function EnvironmentFilter({ all, onAll }: { all: boolean; onAll: () => void }) {
  const { environment, environments, choose } = useEnvironment();
  return (
    <Select
      aria-label={filterTexts.environment}
      data={[
        ...environments.map(({ name }) => ({ value: name, label: name })),
        { value: ALL, label: filterTexts.allEnvironments },
      ]}
      value={all ? ALL : environment.name}
      onChange={(name) => {
        if (name === ALL) onAll();
        else if (name) choose(name);
      }}
      allowDeselect={false}
      w={144}
    />
  );
}
