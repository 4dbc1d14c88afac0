import { VisuallyHidden } from '@mantine/core';
import { useEffect } from 'react';
import { editorTexts } from '../texts/index.ts';
import { isTyping, Kbd, showDialog } from '../ui/index.ts';

const texts = editorTexts.shortcuts;

/** Shows what the keys do in the editor. */
export function openShortcuts(): void {
  showDialog({ title: texts.title, size: 720, children: () => <ShortcutList /> });
}

/** `?` anywhere but in a field opens the list of keys. */
export function useShortcutKey(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== '?' || isTyping(event.target)) return;
      event.preventDefault();
      openShortcuts();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}

function ShortcutList() {
  return (
    <div className="cd-shortcuts">
      {texts.groups.map(({ title, rows }) => (
        <section key={title}>
          <h3>{title}</h3>
          <dl>
            {rows.map(({ keys, does }) => (
              <div key={does}>
                <dt>
                  <VisuallyHidden>{keys.join(' ')}</VisuallyHidden>
                  <Kbd keys={keys} />
                </dt>
                <dd>{does}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}
