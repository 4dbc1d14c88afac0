import { applyMask, type Mask } from './mask.ts';

/** A place that a mask names, with what stands there. */
export interface MaskedPlace {
  /** Keys from the root of the payload. */
  readonly keys: readonly string[];
  readonly value: unknown;
}

/** Every place of a payload that the mask names. */
export function maskedPlaces(payload: unknown, mask: Mask): MaskedPlace[] {
  const places: MaskedPlace[] = [];
  collect(
    applyMask(payload, mask, (value) => new Found(value)),
    [],
    places,
  );
  return places;
}

class Found {
  readonly value: unknown;
  constructor(value: unknown) {
    this.value = value;
  }
}

function collect(value: unknown, keys: readonly string[], into: MaskedPlace[]): void {
  if (value instanceof Found) into.push({ keys, value: value.value });
  else if (typeof value === 'object' && value !== null)
    for (const [key, child] of Object.entries(value)) collect(child, [...keys, key], into);
}
