import { UnstyledButton } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { lazy, Suspense, useEffect } from 'react';
import { commandTexts as texts } from '../texts/index.ts';
import { Kbd } from '../ui/index.ts';
import classes from './CommandPalette.module.css';
import { closePalette, openPalette, PALETTE_FIELD, usePalette } from './palette-state.ts';

const FIELD = `[${PALETTE_FIELD}]`;
const load = () => import('./CommandPalette.tsx');
const CommandPalette = lazy(async () => ({ default: (await load()).CommandPalette }));

/** Opens the palette; its keys work everywhere. */
export function PaletteButton() {
  return (
    <UnstyledButton
      className={classes.button}
      onClick={openPalette}
      aria-keyshortcuts="Control+K"
      title={texts.open}
      data-tour="search"
    >
      <IconSearch size={14} aria-hidden />
      <span data-gives-way="search">{texts.open}</span>
      <Kbd keys={['Ctrl', 'K']} />
    </UnstyledButton>
  );
}

/** Ctrl-K or Cmd-K opens and closes the palette on every page. Its code comes after the page's own. */
export function PaletteHost() {
  const opened = usePalette((state) => state.opened);
  useEffect(() => {
    void load();
    const onKey = (event: KeyboardEvent) => {
      const { opened: isOpen, query } = usePalette.getState();
      const command = event.ctrlKey || event.metaKey;
      // What is typed before the field has the focus is meant for it, and for nothing on the page.
      if (isOpen && !command && !event.altKey && event.key.length === 1 && !document.activeElement?.matches(FIELD))
        usePalette.setState({ query: query + event.key });
      else if (!command || event.altKey || event.shiftKey || event.key.toLowerCase() !== 'k') return;
      else if (isOpen) closePalette();
      else openPalette();
      event.preventDefault();
      event.stopPropagation();
    };
    // Before the code editor, which has keys that begin so.
    window.addEventListener('keydown', onKey, true);
    return () => window.removeEventListener('keydown', onKey, true);
  }, []);
  return <Suspense>{opened ? <CommandPalette /> : null}</Suspense>;
}
