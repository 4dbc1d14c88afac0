import { type NodeManifest, searchFlow } from '@crossdock/flow-model';
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconBox,
  IconDeviceFloppy,
  IconFileSearch,
  IconLayoutDistributeHorizontal,
  IconNote,
  IconRoute,
  IconSelectAll,
  IconSquarePlus,
} from '@tabler/icons-react';
import { useMemo } from 'react';
import type { CanvasEdit } from '../canvas/index.ts';
import { hitField, hitName } from '../commands/hit-words.ts';
import { type Command, usePageCommands } from '../commands/index.ts';
import { canvasTexts, commandTexts, editorTexts } from '../texts/index.ts';
import { flowCommand } from './flow-command.ts';
import { useEditor, useEditorContext } from './store/editor-context.tsx';
import { fieldTab } from './store/issues.ts';
import { titlesOf } from './store/titles.ts';
import { tidy } from './tidy.ts';

const texts = editorTexts.commands;
const FOUND = 8;

/** What the palette offers for the drawing, and its search in the flow as it is on the screen. */
export function useEditorCommands(ports: {
  add: (manifest: NodeManifest) => void;
  actions: Pick<CanvasEdit, 'onCollapseSelection' | 'onGroupSelection' | 'notes'>;
  search: () => void;
}): void {
  const { store, saver } = useEditorContext();
  const manifests = useEditor((state) => state.manifests);
  const flowId = useEditor((state) => state.flow.id);
  const locked = useEditor((state) => state.readOnly);
  const { add, actions, search } = ports;

  usePageCommands(
    useMemo(() => {
      const find = (query: string): Command[] =>
        searchFlow(store.getState().flow, query, titlesOf(manifests))
          .slice(0, FOUND)
          .map((hit) => ({
            id: `place ${flowId} ${hit.kind} ${hit.id} ${hit.path}`,
            group: commandTexts.inThisFlow,
            label: hitName(hit),
            hint: `${hitField(hit)}: ${hit.excerpt}`,
            Icon: IconFileSearch,
            run: () => {
              const { jumpTo, showPlace } = store.getState();
              if (hit.kind !== 'node') return showPlace(hit);
              return jumpTo(hit.id, fieldTab(manifests.get(hit.nodeType ?? ''), hit.path), hit.path, hit.position);
            },
          }));
      const reading = [
        flowCommand('search', editorTexts.search.action, IconFileSearch, search, { keys: ['Ctrl', 'F'] }),
      ];
      const { undo, redo, select } = store.getState();
      const selectAll = () => {
        const { nodes, edges } = store.getState().flow;
        select({ nodeIds: nodes.map(({ id }) => id), edgeIds: edges.map(({ id }) => id) });
      };
      const drawing = [
        flowCommand('save', texts.save, IconDeviceFloppy, () => saver.flush()),
        flowCommand('tidy', canvasTexts.tidy, IconLayoutDistributeHorizontal, () => tidy(store)),
        flowCommand('note', canvasTexts.addNote, IconNote, actions.notes.onAdd, { keys: ['Alt', 'Shift', 'N'] }),
        flowCommand('group', texts.group, IconBox, actions.onGroupSelection, { keys: ['Ctrl', 'G'], isMinor: true }),
        flowCommand('collapse', texts.collapse, IconRoute, actions.onCollapseSelection, {
          keys: ['Alt', 'Shift', 'F'],
          isMinor: true,
        }),
        flowCommand('undo', editorTexts.undo, IconArrowBackUp, undo, { keys: ['Ctrl', 'Z'], isMinor: true }),
        flowCommand('redo', editorTexts.redo, IconArrowForwardUp, redo, {
          keys: ['Ctrl', 'Shift', 'Z'],
          isMinor: true,
        }),
        flowCommand('select-all', texts.selectAll, IconSelectAll, selectAll, { keys: ['Ctrl', 'A'], isMinor: true }),
        ...[...manifests.values()].map((manifest) =>
          flowCommand(`add ${manifest.type}`, texts.add(manifest.title), IconSquarePlus, () => add(manifest), {
            hint: manifest.type,
            words: manifest.summary,
            isMinor: true,
          }),
        ),
      ];
      return { commands: locked ? reading : [...drawing, ...reading], find, flowId };
    }, [store, saver, manifests, flowId, locked, add, actions, search]),
  );
}
