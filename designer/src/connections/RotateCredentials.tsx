import type { Connection, Environment } from '@crossdock/api-contract';
import { Button } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useRotateConnection } from '../api/index.ts';
import { connectionTexts } from '../texts/index.ts';
import { askToConfirm, notifyDone } from '../ui/index.ts';

const t = connectionTexts.rotation;

/** Lets the other side make new credentials; where it cannot, the refusal says how a person does it. */
export function RotateCredentials({ connection, environment }: { connection: Connection; environment: Environment }) {
  const { id, name, env } = connection;
  const rotate = useRotateConnection().mutateAsync;
  return (
    <Button
      variant="default"
      leftSection={<IconRefresh size={16} aria-hidden />}
      onClick={() =>
        askToConfirm({
          ...{ title: t.title(name, env), effect: t.effect, verb: t.verb, environment },
          run: async () => {
            await rotate(id);
            notifyDone(t.done(name, env));
          },
        })
      }
    >
      {t.verb}
    </Button>
  );
}
