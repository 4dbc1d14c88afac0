import { create } from 'zustand';

const SEEN_KEY = 'crossdock.tour-seen';

/** The step of the tour that is shown, from 0; undefined while there is none. */
export const useTour = create<{ at: number | undefined; isNew: boolean }>(() => ({
  at: undefined,
  isNew: !wasSeen(),
}));

export function startTour(): void {
  keepSeen();
  useTour.setState({ at: 0, isNew: false });
}

/** Ends the tour, or turns it down; it is not offered again in this browser. */
export function endTour(): void {
  keepSeen();
  useTour.setState({ at: undefined, isNew: false });
}

function wasSeen(): boolean {
  try {
    return localStorage.getItem(SEEN_KEY) !== null;
  } catch {
    // Where nothing can be remembered, nobody is asked on every visit.
    return true;
  }
}

function keepSeen(): void {
  try {
    localStorage.setItem(SEEN_KEY, new Date().toISOString());
  } catch {
    // The next visit asks no more than this one, see above.
  }
}
