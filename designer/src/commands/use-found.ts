import type { ExecutionRow, FlowHit, OrderRow } from '@crossdock/api-contract';
import { useDebouncedValue } from '@mantine/hooks';
import { IconActivity, IconFileSearch, IconPackage, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { request } from '../api/index.ts';
import { keyLine } from '../executions/business-keys.ts';
import { orderTexts, commandTexts as texts, uiTexts } from '../texts/index.ts';
import type { Command, CommandGroup } from './command.ts';
import { hitField, hitName } from './hit-words.ts';
import { usePageOffers } from './page-commands.ts';

const ORDERS = 5;
const EXECUTIONS = 5;
const PLACES = 8;
const SETTLED_MS = 200;

/**
 * What a query finds beyond the names of commands: texts in the open flow as it is on the screen, texts in the other flows as they are saved,
 * orders by any of their numbers, and executions by id, key or error. Nothing for fewer than two letters.
 */
export function useFound(query: string): {
  groups: readonly CommandGroup[];
  isPending: boolean;
  error: string | undefined;
} {
  const [settled] = useDebouncedValue(query, SETTLED_MS);
  const offers = usePageOffers();
  const navigate = useNavigate();
  const enabled = settled.length > 1;
  const executions = useQuery({
    queryKey: ['search', settled],
    queryFn: ({ signal }) => request('searchExecutions', { body: { q: settled, limit: EXECUTIONS }, signal }),
    enabled,
  });
  const orders = useQuery({
    queryKey: ['search-orders', settled],
    queryFn: ({ signal }) => request('searchOrders', { body: { q: settled, limit: ORDERS }, signal }),
    enabled,
  });
  const places = useQuery({
    queryKey: ['search-flows', settled],
    queryFn: ({ signal }) => request('searchFlows', { body: { q: settled, limit: 4 * PLACES }, signal }),
    enabled,
  });
  const groups = useMemo((): readonly CommandGroup[] => {
    if (query.length < 2) return [];
    const here = offers.flatMap(({ find }) => find?.(query) ?? []).slice(0, PLACES);
    const openFlows = offers.flatMap(({ flowId }) => flowId ?? []);
    const elsewhere = (places.data?.items ?? []).filter(({ flowId }) => !openFlows.includes(flowId)).slice(0, PLACES);
    return [
      { label: texts.inThisFlow, commands: here },
      { label: texts.inFlows, commands: elsewhere.map((hit) => placeCommand(hit, navigate)) },
      { label: texts.orders, commands: (orders.data?.items ?? []).map((row) => orderCommand(row, navigate)) },
      {
        label: texts.executions,
        commands: [
          ...(executions.data?.items ?? []).map((row) => executionCommand(row, navigate)),
          {
            id: 'find-executions',
            group: texts.executions,
            label: texts.findExecutions(query),
            hint: texts.findExecutionsHint,
            Icon: IconSearch,
            run: () => navigate({ to: '/executions', state: { words: { q: query } } }),
          },
        ],
      },
    ].filter(({ commands }) => commands.length > 0);
  }, [query, offers, places.data, orders.data, executions.data, navigate]);
  return {
    groups,
    isPending: query !== settled || (enabled && (executions.isPending || orders.isPending || places.isPending)),
    error: (places.error ?? orders.error ?? executions.error)?.message,
  };
}

type Navigate = ReturnType<typeof useNavigate>;

function placeCommand(hit: FlowHit, navigate: Navigate): Command {
  return {
    id: `place ${hit.flowId} ${hit.kind} ${hit.id} ${hit.path}`,
    group: texts.inFlows,
    label: `${hit.flowName} › ${hitName(hit)}`,
    hint: `${hitField(hit)}: ${hit.excerpt}`,
    Icon: IconFileSearch,
    run: () =>
      navigate({
        to: '/flows/$flowId',
        params: { flowId: hit.flowId },
        search: hit.kind === 'node' ? { node: hit.id, at: hit.path } : { [hit.kind]: hit.id },
      }),
  };
}

function orderCommand({ env, orderId, customerOrderNo, partner, step }: OrderRow, navigate: Navigate): Command {
  return {
    id: `order ${env} ${orderId}`,
    group: texts.orders,
    label: customerOrderNo ?? orderId,
    hint: [partner, env, orderTexts.steps[step]].filter(Boolean).join(' · '),
    Icon: IconPackage,
    run: () => navigate({ to: '/orders/$orderId', params: { orderId }, search: { env } }),
  };
}

function executionCommand(row: ExecutionRow, navigate: Navigate): Command {
  return {
    id: `execution ${row.executionId}`,
    group: texts.executions,
    label: keyLine(row.keys) || row.executionId,
    hint: `${row.flowId} · ${row.env} · ${uiTexts.status[row.status]}`,
    Icon: IconActivity,
    run: () => navigate({ to: '/executions/$executionId', params: { executionId: row.executionId } }),
  };
}
