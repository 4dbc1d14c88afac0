import type { SealPort } from './ports.ts';

/** For runs of which nothing rests: masked values stay in clear. */
export const noSeal: SealPort = {
  seal: (value) => value,
  open: (value) => value,
  met: () => undefined,
  redact: (value) => value,
  hold: () => () => undefined,
};
