import type { Flow } from '@crossdock/flow-model';
import { type FinalConnectionState, useReactFlow } from '@xyflow/react';
import { type RefObject, useCallback, useEffect } from 'react';
import { CARD_HEIGHT, type CanvasEdit, type Point } from './canvas-types.ts';
import { snap } from './place-nodes.ts';
import { isMeantForCanvas } from './use-canvas-keys.ts';

const OUTPUT = '.react-flow__handle.source';

/**
 * What leads to a list of node types: a click on an output, an edge that is drawn into the empty, and of the one selected node the keys N (what
 * comes next) and R (another type). Gives what hears of an edge that ended at no handle.
 */
export function useQuestions(frame: RefObject<HTMLElement | null>, flow: Flow, edit: CanvasEdit | undefined) {
  const { screenToFlowPosition } = useReactFlow();

  useEffect(() => {
    if (!edit) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || !isMeantForCanvas(event.target, frame.current)) return;
      const [nodeId, ...others] = edit.selection.nodeIds;
      const card = nodeId === undefined ? null : cardOf(frame.current, nodeId);
      if (nodeId === undefined || others.length > 0 || !card) return;
      const key = event.key.toLowerCase();
      if (key === 'r') edit.onAsk({ kind: 'replace', nodeId }, rightOf(card));
      else if (key === 'n') {
        const output = freeOutput(card, flow, nodeId);
        if (output) edit.onAsk({ kind: 'next', from: refOf(output), at: undefined }, rightOf(output));
      } else return;
      event.preventDefault();
    };
    const onClick = (event: MouseEvent) => {
      const output = event.target instanceof Element ? event.target.closest(OUTPUT) : null;
      if (output) edit.onAsk({ kind: 'next', from: refOf(output), at: undefined }, rightOf(output));
    };
    const ground = frame.current;
    window.addEventListener('keydown', onKey);
    ground?.addEventListener('click', onClick);
    return () => {
      window.removeEventListener('keydown', onKey);
      ground?.removeEventListener('click', onClick);
    };
  }, [edit, flow, frame]);

  // An edge that ended at no handle: on a card it is joined to the card's input, on the empty canvas it asks.
  return useCallback(
    (event: MouseEvent | TouchEvent, { fromHandle }: FinalConnectionState) => {
      if (!edit || fromHandle?.type !== 'source' || fromHandle.id == null) return;
      const { clientX, clientY } =
        'changedTouches' in event ? (event.changedTouches[0] ?? { clientX: 0, clientY: 0 }) : event;
      const from = { nodeId: fromHandle.nodeId, handle: fromHandle.id };
      const under = document.elementFromPoint(clientX, clientY);
      const card = under?.closest('.react-flow__node');
      const input = card?.querySelector('.react-flow__handle.target');
      if (card?.getAttribute('data-id') === from.nodeId) return;
      if (input) {
        const to = refOf(input);
        const edge = { source: from.nodeId, sourceHandle: from.handle, target: to.nodeId, targetHandle: to.handle };
        const reason = edit.refusal(edge);
        if (reason) edit.onRefused(reason);
        else edit.onConnect(edge);
      } else if (under?.closest('.react-flow__pane')) {
        const { x, y } = screenToFlowPosition({ x: clientX, y: clientY });
        edit.onAsk({ kind: 'next', from, at: snap({ x, y: y - CARD_HEIGHT / 2 }) }, { x: clientX, y: clientY });
      }
    },
    [edit, screenToFlowPosition],
  );
}

function cardOf(frame: HTMLElement | null, nodeId: string): Element | null {
  return frame?.querySelector(`.react-flow__node[data-id="${CSS.escape(nodeId)}"]`) ?? null;
}

function freeOutput(card: Element, flow: Flow, nodeId: string): Element | undefined {
  const outputs = [...card.querySelectorAll(OUTPUT)];
  const taken = new Set(flow.edges.filter(({ source }) => source === nodeId).map(({ sourceHandle }) => sourceHandle));
  return outputs.find((output) => !taken.has(refOf(output).handle)) ?? outputs[0];
}

function refOf(handle: Element) {
  return { nodeId: handle.getAttribute('data-nodeid') ?? '', handle: handle.getAttribute('data-handleid') ?? '' };
}

function rightOf(element: Element): Point {
  const { right, top, height } = element.getBoundingClientRect();
  return { x: right, y: top + height / 2 };
}
