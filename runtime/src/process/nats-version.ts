import type { Bus } from '@crossdock/bus';
import type { Logger } from '../log.ts';

/** Says what to do where a newer nats-server is to be preferred. The embedded one is as old as its npm package: whoever tries Crossdock need not care. */
export function tellVersion(
  { version, preferred }: Bus['server'],
  { isEmbedded, log }: { isEmbedded: boolean; log: Pick<Logger, 'info' | 'warn'> },
): void {
  if (preferred === undefined) return;
  if (isEmbedded)
    log.info(
      { version },
      `the nats-server that Crossdock brings along is for trying out; in production name one of version ${preferred} or newer by CROSSDOCK_NATS_SERVER, or use your own by CROSSDOCK_NATS_URL`,
    );
  else
    log.warn(
      { version },
      `this nats-server has defects that are mended in ${preferred}; upgrade it, one node at a time`,
    );
}
