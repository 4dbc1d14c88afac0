import type { SealPort } from '@crossdock/engine';
import type { Flow } from '@crossdock/flow-model';
import { CONCEALED, isSealed } from '../../vault/index.ts';

/**
 * A payload that a person edited, in clear: dots where the recorded one holds a masked value stand for that value, which most people may
 * not see. `recorded` as it rests.
 */
export function openEdited(
  vault: Pick<SealPort, 'open'>,
  env: string,
  { edited, recorded }: { edited: unknown; recorded: unknown },
): unknown {
  return restore(edited, recorded, vault.open(recorded, { env }));
}

/** `clear` is `recorded` opened: what differs between the two was sealed. */
function restore(edited: unknown, recorded: unknown, clear: unknown): unknown {
  if (isSealed(recorded) && edited === (recorded.$shown ?? CONCEALED)) return recorded === clear ? edited : clear;
  if (!isParent(edited) || !isParent(recorded) || !isParent(clear)) return edited;
  const child = (value: unknown, key: string | number) =>
    restore(
      value,
      Object.hasOwn(recorded, key) ? recorded[key] : undefined,
      Object.hasOwn(clear, key) ? clear[key] : undefined,
    );
  if (Array.isArray(edited)) return edited.map(child);
  return Object.fromEntries(Object.entries(edited).map(([key, value]) => [key, child(value, key)]));
}

const isParent = (value: unknown): value is Record<string | number, unknown> =>
  typeof value === 'object' && value !== null;

/** A payload as it may rest: what the flow masks is sealed. */
export function sealFor(vault: Pick<SealPort, 'seal'>, env: string, flow: Flow, value: unknown): unknown {
  return vault.seal(value, { env, mask: flow.settings?.mask ?? [] });
}
