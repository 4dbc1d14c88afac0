import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { selectedNode, useEditor } from './store/editor-context.tsx';
import type { InspectorTab } from './store/editor-store.ts';
import { fieldTab } from './store/issues.ts';

const TABS: readonly string[] = ['settings', 'mapping', 'reliability', 'tryout', 'docs'];

/** Keeps the selected node and its tab in the address, and opens with what the address says. */
export function useAddress(): void {
  const navigate = useNavigate();
  const search = useSearch({ strict: false });
  const select = useEditor((state) => state.select);
  const openTab = useEditor((state) => state.openTab);
  const nodeId = useEditor((state) => selectedNode(state)?.id);
  const tab = useEditor((state) => state.tab);
  const node = useEditor((state) => state.flow.nodes.find(({ id }) => id === search.node));
  const manifest = useEditor((state) => node && state.manifests.get(node.type));
  const jumpTo = useEditor((state) => state.jumpTo);
  const showPlace = useEditor((state) => state.showPlace);
  const isOpened = useRef(false);

  useEffect(() => {
    if (!isOpened.current) {
      isOpened.current = true;
      if (search.group !== undefined) showPlace({ kind: 'group', id: search.group });
      if (search.note !== undefined) showPlace({ kind: 'note', id: search.note });
      if (node && search.at !== undefined) {
        jumpTo(node.id, fieldTab(manifest, search.at), search.at, undefined);
        return;
      }
      if (search.node && node) {
        select({ nodeIds: [search.node], edgeIds: [] });
        if (search.tab && TABS.includes(search.tab)) openTab(search.tab as InspectorTab);
        return;
      }
    }
    const wanted = { node: nodeId, tab: nodeId === undefined ? undefined : tab };
    const isRead = search.at === undefined && search.group === undefined && search.note === undefined;
    if (wanted.node === search.node && wanted.tab === search.tab && isRead) return;
    void navigate({
      to: '.',
      search: ({ at: _at, group: _group, note: _note, ...now }: Record<string, unknown>) => ({ ...now, ...wanted }),
      replace: true,
    } as never);
  }, [nodeId, tab, node, manifest, search, select, openTab, jumpTo, showPlace, navigate]);
}
