import { boundsOf, type NodeGroup } from '@crossdock/flow-model';
import { ViewportPortal } from '@xyflow/react';
import { canvasTexts } from '../texts/index.ts';
import { CARD_HEIGHT, CARD_WIDTH, placeKey } from './canvas-types.ts';
import type { CardNode } from './to-react-flow.ts';

const AROUND = 20;
const TITLE = 24;

/** Frames around the nodes of each group; they follow a drag. The title selects the nodes. */
export function GroupFrames(props: {
  groups: readonly NodeGroup[];
  nodes: readonly CardNode[];
  found: ReadonlySet<string> | undefined;
  onSelect: (nodeIds: readonly string[]) => void;
}) {
  const cards = new Map(props.nodes.map((node) => [node.id, node]));
  return (
    <ViewportPortal>
      {props.groups.map((group) => {
        const members = group.nodes.flatMap((id) => cards.get(id) ?? []);
        const box = boundsOf(
          members.map(({ position, width = CARD_WIDTH, height = CARD_HEIGHT }) => ({ ...position, width, height })),
        );
        if (!box) return null;
        return (
          <div
            key={group.id}
            className="cd-group"
            data-color={group.color}
            data-found={props.found?.has(placeKey({ kind: 'group', id: group.id })) || undefined}
            data-testid={`group-${group.id}`}
            style={{
              transform: `translate(${box.x - AROUND}px, ${box.y - AROUND - TITLE}px)`,
              width: box.width + 2 * AROUND,
              height: box.height + 2 * AROUND + TITLE,
            }}
          >
            <button
              type="button"
              className="cd-group-title nopan"
              title={canvasTexts.selectGroup}
              onClick={() => props.onSelect(members.map(({ id }) => id))}
            >
              {group.title || canvasTexts.untitled}
            </button>
          </div>
        );
      })}
    </ViewportPortal>
  );
}
