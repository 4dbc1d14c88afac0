import type { Note } from '@crossdock/flow-model';
import { ActionIcon } from '@mantine/core';
import { IconGripHorizontal, IconTrash } from '@tabler/icons-react';
import { useReactFlow, ViewportPortal } from '@xyflow/react';
import { type KeyboardEvent, type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { canvasTexts } from '../texts/index.ts';
import { ColorChoice } from './ColorChoice.tsx';
import { type CanvasFocus, GRID, type NoteEdit, placeKey } from './canvas-types.ts';
import { useReveal } from './keep-in-view.tsx';
import { snap } from './place-nodes.ts';

const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-GRID, 0],
  ArrowRight: [GRID, 0],
  ArrowUp: [0, -GRID],
  ArrowDown: [0, GRID],
};

const SMALLEST = { width: 80, height: 40 };
const LARGEST = 2_000;

/** The notes of a flow, written where they stand. One that is added is shown, to be written at once. */
export function Notes(props: {
  notes: readonly Note[];
  edit: NoteEdit | undefined;
  found: ReadonlySet<string> | undefined;
  focus: CanvasFocus | undefined;
}) {
  const { notes, edit, found, focus } = props;
  const isOpen = useRef(false);
  useEffect(() => {
    isOpen.current = true;
  }, []);
  return (
    <ViewportPortal>
      {notes.map((note) => (
        <NoteCard
          key={note.id}
          note={note}
          edit={edit}
          isOpen={isOpen}
          isFound={found?.has(placeKey({ kind: 'note', id: note.id })) ?? false}
          focus={focus?.kind === 'note' && focus.id === note.id ? focus : undefined}
        />
      ))}
    </ViewportPortal>
  );
}

interface NoteCardProps {
  note: Note;
  edit: NoteEdit | undefined;
  /** Whether the canvas was there before this note. */
  isOpen: RefObject<boolean>;
  isFound: boolean;
  /** The note is to be shown, or written in. */
  focus: CanvasFocus | undefined;
}

function NoteCard({ note, edit, isOpen, isFound, focus }: NoteCardProps) {
  const { getZoom } = useReactFlow();
  const [drag, setDrag] = useState<{ from: PointerEvent; x: number; y: number }>();
  const place = drag ?? note;
  const words = useRef<HTMLTextAreaElement>(null);
  const reveal = useReveal();
  // Only when it comes into being.
  useEffect(() => {
    if (!isOpen.current || note.text !== '') return;
    reveal(note);
    words.current?.focus({ preventScroll: true });
  }, []);
  useEffect(() => {
    if (focus?.isWriting) words.current?.focus({ preventScroll: true });
  }, [focus]);

  const onDrag = (event: PointerEvent) => {
    if (!drag) return;
    const zoom = getZoom();
    const moved = {
      x: note.x + (event.clientX - drag.from.clientX) / zoom,
      y: note.y + (event.clientY - drag.from.clientY) / zoom,
    };
    setDrag({ from: drag.from, ...snap(moved) });
  };
  const onDropped = () => {
    if (drag && (drag.x !== note.x || drag.y !== note.y)) edit?.onChange({ ...note, x: drag.x, y: drag.y });
    setDrag(undefined);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (step)
      edit?.onChange(
        event.shiftKey ? grown(note, step) : { ...note, x: note.x + step[0], y: note.y + step[1] },
        'move',
      );
    else if (event.key === 'Delete') edit?.onRemove(note.id);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onResized = (area: HTMLTextAreaElement) => {
    const size = { width: area.offsetWidth, height: area.offsetHeight };
    if (size.width !== note.width || size.height !== note.height) edit?.onChange({ ...note, ...size });
  };

  return (
    <div
      className="cd-canvas-note nopan nodrag nowheel"
      data-color={note.color}
      data-found={isFound || undefined}
      data-shown={focus ? true : undefined}
      data-testid={`note-${note.id}`}
      style={{ transform: `translate(${place.x}px, ${place.y}px)` }}
    >
      {edit ? (
        <div className="cd-canvas-note-bar">
          <button
            type="button"
            className="cd-canvas-note-grip"
            aria-label={canvasTexts.moveNote}
            title={canvasTexts.moveNote}
            onPointerDown={(event) => {
              event.currentTarget.setPointerCapture(event.pointerId);
              setDrag({ from: event, x: note.x, y: note.y });
            }}
            onPointerMove={onDrag}
            onPointerUp={onDropped}
            onPointerCancel={() => setDrag(undefined)}
            onKeyDown={onKeyDown}
          >
            <IconGripHorizontal size={14} stroke={1.5} aria-hidden />
          </button>
          <ColorChoice value={note.color} onChange={(color) => edit.onChange({ ...note, color })} />
          <ActionIcon size={20} aria-label={canvasTexts.removeNote} onClick={() => edit.onRemove(note.id)}>
            <IconTrash size={14} stroke={1.5} aria-hidden />
          </ActionIcon>
        </div>
      ) : null}
      <textarea
        ref={words}
        aria-label={canvasTexts.note}
        placeholder={canvasTexts.notePlaceholder}
        maxLength={10_000}
        readOnly={!edit}
        value={note.text}
        style={{ width: note.width, height: note.height }}
        onChange={(event) => edit?.onChange({ ...note, text: event.currentTarget.value }, 'text')}
        onPointerUp={(event) => onResized(event.currentTarget)}
      />
    </div>
  );
}

function grown(note: Note, [x, y]: readonly [number, number]): Note {
  const within = (length: number, least: number) => Math.min(LARGEST, Math.max(least, length));
  return {
    ...note,
    width: within(note.width + x, SMALLEST.width),
    height: within(note.height + y, SMALLEST.height),
  };
}
