import type { Preferences } from '@crossdock/api-contract';
import { useMantineColorScheme } from '@mantine/core';
import { useLayoutEffect } from 'react';
import { changePreferences, usePreferences } from '../api/index.ts';
import { notifyError } from '../ui/index.ts';

type ColorScheme = NonNullable<Preferences['colorScheme']>;

/** Shows the person's own colour scheme; before they chose one, this browser's. */
export function useOwnColorScheme(): void {
  const chosen = usePreferences()?.colorScheme ?? undefined;
  const { setColorScheme } = useMantineColorScheme();
  useLayoutEffect(() => {
    if (chosen) setColorScheme(chosen);
  }, [chosen]);
}

/** The colour scheme that is shown, and how another is chosen for the person. */
export function useColorScheme(): { colorScheme: ColorScheme; choose: (next: ColorScheme) => void } {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return {
    colorScheme,
    choose(next) {
      setColorScheme(next);
      changePreferences({ colorScheme: next }).catch(notifyError);
    },
  };
}
