import { type KeyboardEvent, useEffect, useId, useState } from 'react';

/**
 * A field with a list of options below it: the field keeps the focus, arrows choose (round the ends), Enter picks. Gives what the field, the list
 * and each option need for people and for screen readers. `reset` begins at the first option again, for another query.
 */
export function useOptionList<Item extends { readonly id: string }>(
  items: readonly Item[],
  onPick: (item: Item) => void,
) {
  const [at, setAt] = useState(0);
  const listId = useId();
  const shown = Math.min(at, items.length - 1);
  const active = items[shown];
  const optionId = (id: string) => `${listId}-${id}`;
  const activeId = active && optionId(active.id);
  useEffect(() => {
    if (activeId) document.getElementById(activeId)?.scrollIntoView({ block: 'nearest' });
  }, [activeId]);
  const step = (by: number) => setAt((shown + by + items.length) % Math.max(items.length, 1));

  return {
    active,
    reset: () => setAt(0),
    fieldProps: {
      role: 'combobox' as const,
      'aria-expanded': true,
      'aria-controls': listId,
      'aria-activedescendant': activeId,
      onKeyDown(event: KeyboardEvent) {
        if (event.nativeEvent.isComposing) return;
        if (event.key === 'ArrowDown') step(1);
        else if (event.key === 'ArrowUp') step(-1);
        else if (event.key === 'Enter') active && onPick(active);
        else return;
        event.preventDefault();
      },
    },
    listProps: (label: string) => ({ role: 'listbox' as const, id: listId, 'aria-label': label }),
    optionProps: (item: Item, label: string) => ({
      id: optionId(item.id),
      role: 'option' as const,
      tabIndex: -1,
      'aria-label': label,
      'aria-selected': item === active,
      onClick: () => onPick(item),
    }),
  };
}
