import { ActionIcon, Tooltip } from '@mantine/core';
import { IconMaximize, IconMinus, IconPlus } from '@tabler/icons-react';
import { Panel, useReactFlow, useStore } from '@xyflow/react';
import type { ReactNode } from 'react';
import { canvasTexts } from '../texts/index.ts';

/** How the whole flow is shown: with room around, and never larger than it is. */
export const FIT = { padding: 0.15, maxZoom: 1 } as const;

/** Zoom, fit, and what the page adds (undo, tidy up). */
export function CanvasControls({ children }: { children: ReactNode }) {
  const { zoomIn, zoomOut, fitView } = useReactFlow();
  const zoom = useStore((state) => state.transform[2]);
  return (
    <Panel position="bottom-left" className="cd-controls">
      <Control label={canvasTexts.zoomOut} onClick={() => zoomOut()}>
        <IconMinus size={16} stroke={1.5} />
      </Control>
      <span className="cd-controls-zoom cd-num">{Math.round(zoom * 100)} %</span>
      <Control label={canvasTexts.zoomIn} onClick={() => zoomIn()}>
        <IconPlus size={16} stroke={1.5} />
      </Control>
      <Control label={canvasTexts.fit} onClick={() => fitView(FIT)}>
        <IconMaximize size={16} stroke={1.5} />
      </Control>
      {children ? <span className="cd-controls-gap" /> : null}
      {children}
    </Panel>
  );
}

/** One button of the canvas' control bar. */
export function Control(props: { label: string; onClick: () => void; disabled?: boolean; children: ReactNode }) {
  return (
    <Tooltip label={props.label}>
      <ActionIcon aria-label={props.label} onClick={props.onClick} disabled={props.disabled ?? false}>
        {props.children}
      </ActionIcon>
    </Tooltip>
  );
}
