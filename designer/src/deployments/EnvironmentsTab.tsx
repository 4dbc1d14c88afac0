import { type Environment, WORKBENCH_ENV } from '@crossdock/api-contract';
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useDeployments, useEnvironments, useMay, useOrderEnvironments } from '../api/index.ts';
import { deploymentTexts } from '../texts/index.ts';
import { ErrorState, PlainTable, ProblemNote, Skeleton, TabPage } from '../ui/index.ts';
import { AddEnvironmentDialog } from './AddEnvironmentDialog.tsx';
import { EnvironmentDialog } from './EnvironmentDialog.tsx';
import { EnvironmentLine } from './EnvironmentLine.tsx';

const t = deploymentTexts.environments;

/** The environments, in the order in which flows are promoted: added, renamed, moved and deleted here. */
export function EnvironmentsTab() {
  const { data = [], error, isPending, refetch } = useEnvironments();
  const deployments = useDeployments(data.map(({ name }) => name));
  const order = useOrderEnvironments();
  const mayWrite = useMay('environments:write');
  const [open, setOpen] = useState<'new' | Environment>();
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (isPending) return <Skeleton rows={4} />;
  const move = (at: number, by: -1 | 1) => {
    const moved = data.toSpliced(at, 1);
    order.mutate(moved.toSpliced(at + by, 0, data[at] as Environment));
  };
  return (
    <TabPage
      head={
        <>
          <p className="cd-dim">{t.hint}</p>
          {mayWrite && (
            <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setOpen('new')}>
              {deploymentTexts.matrix.addEnvironment}
            </Button>
          )}
        </>
      }
    >
      {order.error && <ProblemNote error={order.error} />}
      <PlainTable
        label={t.label}
        heads={[{ text: t.name }, { text: t.title }, { text: t.flows, isNumber: true }, undefined]}
      >
        {data.map((environment, at) => (
          <EnvironmentLine
            key={environment.name}
            environment={environment}
            flows={deployments[at]?.data?.length}
            stays={environment.name === WORKBENCH_ENV}
            mayWrite={mayWrite}
            onUp={at > 0 ? () => move(at, -1) : undefined}
            onDown={at < data.length - 1 ? () => move(at, 1) : undefined}
            onChange={() => setOpen(environment)}
          />
        ))}
      </PlainTable>
      {open === 'new' && <AddEnvironmentDialog onClose={() => setOpen(undefined)} />}
      {open && open !== 'new' && <EnvironmentDialog environment={open} onClose={() => setOpen(undefined)} />}
    </TabPage>
  );
}
