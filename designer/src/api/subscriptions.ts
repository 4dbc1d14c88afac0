import type { SubscriptionSettings } from '@crossdock/orders';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { request } from './client.ts';
import { keys } from './keys.ts';

/** Events go out while somebody looks. */
const LOOK_AGAIN_MS = 5_000;

export const useSubscriptions = (env: string) =>
  useQuery({
    queryKey: [...keys.subscriptions, env],
    queryFn: async ({ signal }) => (await request('listSubscriptions', { params: { env }, signal })).items,
    refetchInterval: LOOK_AGAIN_MS,
  });

export const useSubscriptionFailures = (env: string, subscriptionId: string) =>
  useQuery({
    queryKey: [...keys.subscriptions, env, 'failures', subscriptionId],
    queryFn: async ({ signal }) =>
      (await request('listSubscriptionFailures', { params: { env, subscriptionId }, signal })).items,
    refetchInterval: LOOK_AGAIN_MS,
  });

/** Saves settings: of a new subscription without an id. */
export const useSaveSubscription = (env: string) =>
  useChange(
    env,
    ({ subscriptionId, settings }: { subscriptionId?: string | undefined; settings: SubscriptionSettings }) =>
      subscriptionId === undefined
        ? request('createSubscription', { params: { env }, body: { settings } })
        : request('putSubscription', { params: { env, subscriptionId }, body: { settings } }),
  );

export const useDeleteSubscription = (env: string) =>
  useChange(env, (subscriptionId: string) => request('deleteSubscription', { params: { env, subscriptionId } }));

export const usePauseSubscription = (env: string) =>
  useChange(env, (subscriptionId: string) => request('pauseSubscription', { params: { env, subscriptionId } }));

export const useResumeSubscription = (env: string) =>
  useChange(env, (subscriptionId: string) => request('resumeSubscription', { params: { env, subscriptionId } }));

export const useReplaySubscription = (env: string) =>
  useChange(env, ({ subscriptionId, since }: { subscriptionId: string; since: string }) =>
    request('replaySubscription', { params: { env, subscriptionId }, body: { since } }),
  );

/** Sends a test event; that it did not arrive is an answer, too. */
export const useTestSubscription = (env: string) =>
  useMutation({
    mutationFn: (subscriptionId: string) => request('testSubscription', { params: { env, subscriptionId } }),
  });

function useChange<Input, Result>(env: string, mutationFn: (input: Input) => Promise<Result>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn,
    onSuccess: () => client.invalidateQueries({ queryKey: [...keys.subscriptions, env] }),
  });
}
