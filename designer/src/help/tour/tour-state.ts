import { create } from 'zustand';
import { changePreferences } from '../../api/index.ts';

/** The step of the tour that is shown, from 0; undefined while there is none. */
export const useTour = create<{ at: number | undefined }>(() => ({ at: undefined }));

export function startTour(): void {
  useTour.setState({ at: 0 });
  keepSeen();
}

/** Ends the tour, or turns it down; the person is not offered it again. */
export function endTour(): void {
  useTour.setState({ at: undefined });
  keepSeen();
}

function keepSeen(): void {
  // Where it could not be kept the next visit asks once more, which is all that is lost.
  changePreferences({ tourSeen: true }).catch(() => undefined);
}
