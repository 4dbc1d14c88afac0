import type { Flow } from '@crossdock/flow-model';
import { useMemo } from 'react';
import './flow-picture.css';
import { CARD_HEIGHT, CARD_WIDTH, type Manifests } from './canvas-types.ts';
import { outlineOf } from './flow-picture.ts';
import { iconOf } from './NodeIcon.tsx';

const ICON = 40;

/** A small picture of a flow: its nodes by the icon and tint of their types, without a canvas to work on. */
export function FlowPicture({ flow, manifests, label }: { flow: Flow; manifests: Manifests; label: string }) {
  const outline = useMemo(() => outlineOf(flow), [flow]);
  const nodes = useMemo(() => new Map(flow.nodes.map((node) => [node.id, node])), [flow]);
  if (!outline) return null;
  return (
    <svg
      className="cd-picture"
      role="img"
      aria-label={label}
      viewBox={`0 0 ${outline.width} ${outline.height}`}
      // No card larger than on the canvas itself.
      style={{ maxWidth: outline.width }}
    >
      {outline.lines.map(({ edgeId, path, isError }) => (
        <path key={edgeId} className="cd-picture-line" d={path} data-error={isError || undefined} />
      ))}
      {outline.cards.map(({ nodeId, x, y }) => {
        const node = nodes.get(nodeId);
        const manifest = node && manifests.get(node.type);
        const Icon = iconOf(manifest?.icon ?? '', manifest?.kind ?? 'unknown');
        return (
          <g key={nodeId} className="cd-picture-card" data-kind={manifest?.kind}>
            <title>{node?.name || manifest?.title || nodeId}</title>
            <rect x={x} y={y} width={CARD_WIDTH} height={CARD_HEIGHT} rx={12} />
            <Icon
              x={x + (CARD_WIDTH - ICON) / 2}
              y={y + (CARD_HEIGHT - ICON) / 2}
              size={ICON}
              stroke={1.75}
              aria-hidden
            />
          </g>
        );
      })}
    </svg>
  );
}
