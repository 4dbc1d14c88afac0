import type { Connection, Edge, FinalConnectionState } from '@xyflow/react';
import { useMemo, useRef } from 'react';
import type { CanvasConnection, CanvasEdit } from './canvas-types.ts';

/**
 * What React Flow asks while an edge is drawn or one of its ends is moved. `onDrawnIntoEmpty` hears of edges that end at no handle. The functions
 * stay the same from one step of a drag to the next: with other ones React Flow would draw every edge again.
 */
export function useConnecting(
  edit: CanvasEdit | undefined,
  onDrawnIntoEmpty: (event: MouseEvent | TouchEvent, state: FinalConnectionState) => void,
) {
  const moving = useRef<string | undefined>(undefined);
  return useMemo(
    () => ({
      onConnect: (connection: Connection) => edit?.onConnect(ends(connection)),
      onReconnectStart: (_event: unknown, edge: Edge) => {
        moving.current = edge.id;
      },
      onReconnect: (edge: Edge, connection: Connection) => edit?.onReconnect(edge.id, ends(connection)),
      onReconnectEnd: () => {
        moving.current = undefined;
      },
      isValidConnection: (connection: Connection | Edge) =>
        edit?.refusal(ends(connection), moving.current) === undefined,
      onConnectEnd: (event: MouseEvent | TouchEvent, state: FinalConnectionState) => {
        if (!state.toHandle && moving.current === undefined) onDrawnIntoEmpty(event, state);
        if (state.isValid !== false || !state.fromHandle || !state.toHandle) return;
        const [from, to] =
          state.fromHandle.type === 'source' ? [state.fromHandle, state.toHandle] : [state.toHandle, state.fromHandle];
        const reason = edit?.refusal(
          { source: from.nodeId, sourceHandle: from.id ?? '', target: to.nodeId, targetHandle: to.id ?? '' },
          moving.current,
        );
        if (reason) edit?.onRefused(reason);
      },
    }),
    [edit, onDrawnIntoEmpty],
  );
}

function ends(connection: Connection | Edge): CanvasConnection {
  return {
    source: connection.source,
    sourceHandle: connection.sourceHandle ?? 'out',
    target: connection.target,
    targetHandle: connection.targetHandle ?? 'in',
  };
}
