import { Avatar, Tooltip } from '@mantine/core';
import { useOthersInFlow } from '../api/index.ts';
import { editorTexts } from '../texts/index.ts';
import classes from './OthersHere.module.css';
import { useEditor, useEditorContext } from './store/editor-context.tsx';
import { nodeNameOf } from './store/issues.ts';

const texts = editorTexts.presence;
const MOST = 4;

/** Who else has the flow open; a click goes to the node that they are at. */
export function OthersHere() {
  const { store } = useEditorContext();
  const flow = useEditor((state) => state.flow);
  const manifests = useEditor((state) => state.manifests);
  const selected = useEditor((state) => state.selection.nodeIds[0]);
  const others = useOthersInFlow(flow.id, selected);
  if (others.length === 0) return null;
  const rest = others.length - MOST;
  return (
    <ul className={classes.others} aria-label={texts.title}>
      {others.slice(0, MOST).map(({ editorId, name, nodeId }) => {
        const node = nodeNameOf(nodeId, flow, manifests);
        const said = node === undefined ? texts.here(name) : texts.at(name, node);
        return (
          <li key={editorId}>
            <Tooltip label={said}>
              <button
                type="button"
                className={classes.other}
                aria-label={said}
                onClick={() => nodeId && node && store.getState().select({ nodeIds: [nodeId], edgeIds: [] })}
              >
                <Avatar name={name} color="initials" size={26} />
              </button>
            </Tooltip>
          </li>
        );
      })}
      {rest > 0 ? (
        <li>
          <Avatar size={26} title={texts.more(rest)}>
            +{rest}
          </Avatar>
        </li>
      ) : null}
    </ul>
  );
}
