import { IconUpload } from '@tabler/icons-react';
import { type ReactNode, useEffect, useEffectEvent, useRef, useState } from 'react';
import classes from './FileDropZone.module.css';

/** Takes a file dragged onto anything within it. */
export function FileDropZone({
  hint,
  onFile,
  disabled = false,
  className,
  children,
}: {
  hint: string;
  onFile: (file: File) => void;
  disabled?: boolean;
  className?: string | undefined;
  children: ReactNode;
}) {
  const zone = useRef<HTMLDivElement>(null);
  const [over, setOver] = useState(false);
  const take = useEffectEvent(onFile);
  useEffect(() => {
    const element = zone.current;
    if (disabled || !element) return;
    // Entering a child is reported before leaving its parent, so the depth tells whether the file is still over the zone.
    let depth = 0;
    const stop = new AbortController();
    const on = (type: 'dragenter' | 'dragleave' | 'dragover' | 'drop', handle: (event: DragEvent) => void) =>
      element.addEventListener(
        type,
        (event) => {
          if (!event.dataTransfer?.types.includes('Files')) return;
          event.preventDefault();
          handle(event);
          setOver(depth > 0);
        },
        { signal: stop.signal },
      );
    on('dragenter', () => depth++);
    on('dragleave', () => depth--);
    on('dragover', () => undefined);
    on('drop', (event) => {
      depth = 0;
      const file = event.dataTransfer?.files[0];
      if (file) take(file);
    });
    return () => stop.abort();
  }, [disabled]);
  return (
    <div className={className} ref={zone}>
      {children}
      {over && (
        <div className={classes.veil} aria-hidden>
          <IconUpload size={24} />
          {hint}
        </div>
      )}
    </div>
  );
}
