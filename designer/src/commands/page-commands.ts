import { useEffect, useId } from 'react';
import { create } from 'zustand';
import type { Command } from './command.ts';

/** What the open page offers: commands, and a search of its own that answers with commands. */
export interface PageOffer {
  readonly commands?: readonly Command[];
  readonly find?: (query: string) => readonly Command[];
  /** The flow that `find` searches; the search of all flows leaves it out. */
  readonly flowId?: string;
}

const usePageStore = create<{ offers: ReadonlyMap<string, PageOffer> }>(() => ({ offers: new Map() }));

/** Adds commands to the palette while the calling part of the page is shown; an offer that is made anew replaces the one before. */
export function usePageCommands(offer: PageOffer): void {
  const key = useId();
  useEffect(() => {
    usePageStore.setState(({ offers }) => ({ offers: new Map(offers).set(key, offer) }));
    return () =>
      usePageStore.setState(({ offers }) => ({ offers: new Map([...offers].filter(([other]) => other !== key)) }));
  }, [key, offer]);
}

export function usePageOffers(): readonly PageOffer[] {
  return [...usePageStore(({ offers }) => offers).values()];
}
