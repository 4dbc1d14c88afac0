import { IconSearch } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { uiTexts } from '../texts/index.ts';
import classes from './JsonTree.module.css';
import { findPaths, type PathStep } from './json-rows.ts';

/** Finds names and values; Enter goes to the next hit, Shift-Enter back, Escape ends. */
export function JsonTreeSearch({
  value,
  name,
  onHit,
}: {
  value: unknown;
  name: string;
  onHit: (path: readonly PathStep[] | undefined) => void;
}) {
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const hits = useMemo(() => findPaths(value, query.trim()), [value, query]);
  const search = (words: string) => {
    setQuery(words);
    setAt(0);
    onHit(findPaths(value, words.trim(), 1)[0]);
  };
  const step = (by: number) => {
    if (hits.length === 0) return;
    const next = (at + by + hits.length) % hits.length;
    setAt(next);
    onHit(hits[next]);
  };
  return (
    <div className={classes.search}>
      <IconSearch size={14} aria-hidden />
      <input
        type="search"
        value={query}
        placeholder={uiTexts.tree.search}
        aria-label={`${uiTexts.tree.search}: ${name}`}
        onChange={(event) => search(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') step(event.shiftKey ? -1 : 1);
          if (event.key === 'Escape') search('');
        }}
      />
      {query.trim() !== '' && (
        <span className={classes.count} role="status">
          {uiTexts.tree.matches(hits.length === 0 ? 0 : at + 1, hits.length)}
        </span>
      )}
    </div>
  );
}
