import type {
  AlarmChannelBody,
  AlarmDelivery,
  AlarmRuleBody,
  AlarmSending,
  HEALTH_RANGE_NAMES,
} from '@crossdock/api-contract';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { request } from './client.ts';
import { keys } from './keys.ts';

export type HealthRange = (typeof HEALTH_RANGE_NAMES)[number];

const REFRESH_MS = 10_000;

/** How flows and remotes of an environment do; asked again every 10 s while the page is open. */
export const useHealth = (env: string, range: HealthRange) =>
  useQuery({
    queryKey: [...keys.health, env, range],
    queryFn: ({ signal }) => request('getHealth', { query: { env, range }, signal }),
    refetchInterval: REFRESH_MS,
    placeholderData: keepPreviousData,
  });

export const useAlarms = (env: string) =>
  useQuery({
    queryKey: [...keys.alarms, env],
    queryFn: async ({ signal }) => (await request('listAlarms', { query: { env, limit: 100 }, signal })).items,
    refetchInterval: REFRESH_MS,
  });

/** Whether alarms are sent, or paused since a restore. */
export const useAlarmSending = () =>
  useQuery({
    queryKey: keys.alarmSending,
    queryFn: ({ signal }) => request('getAlarmSending', { signal }),
    refetchInterval: REFRESH_MS,
  });

export const useAlarmRules = () =>
  useQuery({
    queryKey: keys.alarmRules,
    queryFn: async ({ signal }) => (await request('listAlarmRules', { signal })).items,
  });

export const useAlarmChannels = () =>
  useQuery({
    queryKey: keys.alarmChannels,
    queryFn: async ({ signal }) => (await request('listAlarmChannels', { signal })).items,
  });

export const useAlarmDeliveries = () =>
  useQuery({
    queryKey: keys.alarmDeliveries,
    queryFn: async ({ signal }): Promise<readonly AlarmDelivery[]> =>
      (await request('listAlarmDeliveries', { query: { limit: 100 }, signal })).items,
    refetchInterval: REFRESH_MS,
  });

export function useResumeAlarmSending() {
  return useChange<void, AlarmSending>(() => request('resumeAlarmSending', {}));
}

/** Adds a rule, or changes the one that is named. */
export function useSaveAlarmRule() {
  return useChange(({ ruleId, body }: { ruleId?: string | undefined; body: AlarmRuleBody }) =>
    ruleId === undefined
      ? request('createAlarmRule', { body })
      : request('updateAlarmRule', { params: { ruleId }, body }),
  );
}

export function useDeleteAlarmRule() {
  return useChange((ruleId: string) => request('deleteAlarmRule', { params: { ruleId } }));
}

/** Adds a channel, or changes the one that is named. */
export function useSaveAlarmChannel() {
  return useChange(({ channelId, body }: { channelId?: string | undefined; body: AlarmChannelBody }) =>
    channelId === undefined
      ? request('createAlarmChannel', { body })
      : request('updateAlarmChannel', { params: { channelId }, body }),
  );
}

export function useDeleteAlarmChannel() {
  return useChange((channelId: string) => request('deleteAlarmChannel', { params: { channelId } }));
}

/** Sends a test notice now; the answer says what became of it. */
export function useTestAlarmChannel() {
  return useChange((channelId: string) => request('testAlarmChannel', { params: { channelId } }));
}

function useChange<Input, Answer>(mutationFn: (input: Input) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn,
    onSuccess: () =>
      Promise.all(
        [
          ...[keys.health, keys.alarms, keys.alarmSending, keys.alarmRules, keys.alarmChannels, keys.alarmDeliveries],
          // They say which channels send by them.
          keys.connections,
        ].map((queryKey) => client.invalidateQueries({ queryKey })),
      ),
  });
}
