import type { Connection } from '@crossdock/api-contract';
import { Button, Menu } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useAllowedIn, useConnections } from '../api/index.ts';
import { useEnvironment } from '../app/use-environment.ts';
import { connectionTexts } from '../texts/index.ts';

const t = connectionTexts;

/** Begins a connection of another environment with this one's name, type and settings; its credentials are to be entered there. */
export function CopyConnection({ connection: { id, name, env } }: { connection: Connection }) {
  const navigate = useNavigate();
  const { environments } = useEnvironment();
  const targets = useAllowedIn('connections:write', environments).filter((target) => target.name !== env);
  const namesakes = useConnections().data?.filter((other) => other.name === name) ?? [];
  if (targets.length === 0) return null;
  return (
    <Menu position="bottom-start" width={260}>
      <Menu.Target>
        <Button variant="default" leftSection={<IconCopy size={16} aria-hidden />}>
          {t.copyTo}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {targets.map((target) => {
          const isTaken = namesakes.some((other) => other.env === target.name);
          return (
            <Menu.Item
              key={target.name}
              disabled={isTaken}
              onClick={() => void navigate({ to: '/connections', search: { env: target.name, open: 'new', from: id } })}
            >
              {isTaken ? t.copyTaken(target.name) : target.name}
            </Menu.Item>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}
