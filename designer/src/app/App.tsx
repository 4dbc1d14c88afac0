import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { DatesProvider } from '@mantine/dates';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { queryClient } from '../api/index.ts';
import { language } from '../texts/language.ts';
import { resolveVariables, theme } from '../ui/theme.ts';
import { COLOR_SCHEME_KEY } from './color-scheme.ts';
import { router } from './router.ts';

const colorScheme = localStorageColorSchemeManager({ key: COLOR_SCHEME_KEY });

/** The designer: theme, caches, dialogs and pages put together. */
export function App() {
  return (
    <StrictMode>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={resolveVariables}
        colorSchemeManager={colorScheme}
        defaultColorScheme="auto"
      >
        <QueryClientProvider client={queryClient}>
          <DatesProvider settings={{ locale: language() }}>
            <ModalsProvider>
              <Notifications position="bottom-left" autoClose={6000} limit={4} containerWidth={360} ml={56} />
              <RouterProvider router={router} />
            </ModalsProvider>
          </DatesProvider>
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>
  );
}
