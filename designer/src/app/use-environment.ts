import type { Environment } from '@crossdock/api-contract';
import { useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import { useEnvironments } from '../api/index.ts';

const LAST_ENVIRONMENT = 'crossdock-environment';
const FIRST: Environment = { name: 'dev', title: 'Dev', tone: 'neutral' };

/** The environment the person works in: the address's, else the one used last here, else `dev`. */
export function useEnvironment(): {
  environment: Environment;
  environments: readonly Environment[];
  choose: (name: string) => void;
} {
  const environments = useEnvironments().data ?? [FIRST];
  const { env } = useSearch({ strict: false });
  const navigate = useNavigate();
  const router = useRouter();
  const choose = useCallback(
    (name: string) => {
      const gone = navigate({
        to: '.',
        search: ({ scope: _all, ...now }: Record<string, unknown>) => ({ ...now, env: name }),
      } as never);
      // Not before: something that is not saved may keep the person here.
      void gone.then(() => {
        if ((router.state.location.search as { env?: string }).env === name) remember(name);
      });
    },
    [navigate, router],
  );
  const wanted = env ?? recall() ?? FIRST.name;
  return {
    environment: environments.find(({ name }) => name === wanted) ?? environments[0] ?? FIRST,
    environments,
    choose,
  };
}

function recall(): string | undefined {
  try {
    return localStorage.getItem(LAST_ENVIRONMENT) ?? undefined;
  } catch {
    return undefined;
  }
}

function remember(name: string): void {
  try {
    localStorage.setItem(LAST_ENVIRONMENT, name);
  } catch {
    // Without storage the address alone carries the choice.
  }
}
