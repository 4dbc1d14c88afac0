import { useEffect, useState } from 'react';
import type { Box } from './place-card.ts';

/** How long a page may take to show what a step is about; then the step stands without it. */
const PATIENCE_MS = 8000;
const LOOK_EVERY_MS = 120;

/** Where the part of the page with this `data-tour` is, followed while it moves; undefined until it is there. */
export function useTarget(name: string): { box: Box | undefined; isLooking: boolean } {
  const [box, setBox] = useState<Box>();
  const [isLate, setIsLate] = useState(false);
  useEffect(() => {
    const began = Date.now();
    const look = () => {
      const found = document.querySelector(`[data-tour="${name}"]`)?.getBoundingClientRect();
      const next = found && found.width > 0 ? boxOf(found) : undefined;
      setBox((before) => (JSON.stringify(before) === JSON.stringify(next) ? before : next));
      setIsLate(Date.now() - began > PATIENCE_MS);
    };
    look();
    const timer = setInterval(look, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [name]);
  return { box, isLooking: box === undefined && !isLate };
}

const boxOf = ({ left, top, width, height }: DOMRect): Box => ({ left, top, width, height });
