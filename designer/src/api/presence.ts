import { PRESENCE_EVERY_MS } from '@crossdock/api-contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { request } from './client.ts';
import { keys } from './keys.ts';

/** Says that this window has the flow open, and at which node, and gives the other windows that have. */
export function useOthersInFlow(flowId: string, nodeId: string | undefined) {
  const client = useQueryClient();
  const at = useRef(nodeId);
  const editorId = windowId();
  const { data = [], refetch } = useQuery({
    queryKey: keys.flowEditors(flowId),
    async queryFn({ signal }) {
      const body = at.current === undefined ? {} : { nodeId: at.current };
      return (await request('enterFlow', { params: { flowId, editorId }, body, signal })).items;
    },
    refetchInterval: PRESENCE_EVERY_MS,
    // A window in the background is open too.
    refetchIntervalInBackground: true,
    retry: false,
  });
  useEffect(() => {
    if (at.current === nodeId) return;
    at.current = nodeId;
    void refetch();
  }, [nodeId, refetch]);
  useEffect(
    () => () => {
      void request('leaveFlow', { params: { flowId, editorId } }).catch(() => undefined);
      client.removeQueries({ queryKey: keys.flowEditors(flowId) });
    },
    [client, flowId, editorId],
  );
  return data.filter((editor) => editor.editorId !== editorId);
}

const STORED_AS = 'crossdock-window';

/** The same when the page is loaded again, so that nobody sees a second self. */
function windowId(): string {
  const known = sessionStorage.getItem(STORED_AS);
  if (known !== null) return known;
  const made = crypto.randomUUID();
  sessionStorage.setItem(STORED_AS, made);
  return made;
}
