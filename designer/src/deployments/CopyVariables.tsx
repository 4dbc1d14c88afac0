import type { Environment } from '@crossdock/api-contract';
import { Button, Menu } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { useAllowedIn, useCopyVariables } from '../api/index.ts';
import { useEnvironment } from '../app/use-environment.ts';
import { deploymentTexts } from '../texts/index.ts';
import { askToConfirm, notifyDone, notifyError } from '../ui/index.ts';

const t = deploymentTexts.variables;

/** Gives another environment the saved variables that it lacks; what it has stays as it is. */
export function CopyVariables({ from, saved }: { from: Environment; saved: Readonly<Record<string, unknown>> }) {
  const { environments } = useEnvironment();
  const targets = useAllowedIn('variables:write', environments).filter(({ name }) => name !== from.name);
  const copy = useCopyVariables();
  const ask = async (environment: Environment) => {
    const env = environment.name;
    const names = await copy.missingIn(env, saved);
    if (names.length === 0) return notifyDone(t.copyNothing(env));
    askToConfirm({
      title: t.copyTitle(from.name, env),
      effect: t.copyEffect(names, env),
      verb: t.copyVerb(names.length),
      environment,
      run: async () => {
        await copy.copy(env, saved);
        notifyDone(t.copied(names.length, env));
      },
    });
  };
  if (targets.length === 0 || Object.keys(saved).length === 0) return null;
  return (
    <Menu position="top-start" width={200}>
      <Menu.Target>
        <Button variant="default" leftSection={<IconCopy size={16} aria-hidden />}>
          {t.copy}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {targets.map((environment) => (
          <Menu.Item key={environment.name} onClick={() => void ask(environment).catch(notifyError)}>
            {environment.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
