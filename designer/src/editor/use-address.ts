import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { selectedNode, useEditor } from './store/editor-context.tsx';
import type { InspectorTab } from './store/editor-store.ts';

const TABS: readonly string[] = ['settings', 'mapping', 'reliability', 'tryout', 'docs'];

/** Keeps the selected node and its tab in the address, and opens with what the address says. */
export function useAddress(): void {
  const navigate = useNavigate();
  const search = useSearch({ strict: false });
  const select = useEditor((state) => state.select);
  const openTab = useEditor((state) => state.openTab);
  const nodeId = useEditor((state) => selectedNode(state)?.id);
  const tab = useEditor((state) => state.tab);
  const exists = useEditor((state) => state.flow.nodes.some(({ id }) => id === search.node));
  const isOpened = useRef(false);

  useEffect(() => {
    if (!isOpened.current) {
      isOpened.current = true;
      if (search.node && exists) {
        select({ nodeIds: [search.node], edgeIds: [] });
        if (search.tab && TABS.includes(search.tab)) openTab(search.tab as InspectorTab);
        return;
      }
    }
    const wanted = nodeId === undefined ? { node: undefined, tab: undefined } : { node: nodeId, tab };
    if (wanted.node === search.node && wanted.tab === search.tab) return;
    void navigate({
      to: '.',
      search: (now: Record<string, unknown>) => ({ ...now, ...wanted }),
      replace: true,
    } as never);
  }, [nodeId, tab, search.node, search.tab, exists, select, openTab, navigate]);
}
