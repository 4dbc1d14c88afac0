import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './problem.ts';

/** One cache for all server state. The stream keeps it fresh, so nothing refetches on focus. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      refetchOnWindowFocus: false,
      // Only an unreachable or stumbling runtime is worth a second try; a refusal stays one.
      retry: (failures, error) =>
        failures < 2 && error instanceof ApiError && (error.status === 0 || error.status >= 500),
    },
    mutations: { retry: false },
  },
});
