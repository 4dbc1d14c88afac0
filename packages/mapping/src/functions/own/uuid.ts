import { sha1 } from '@noble/hashes/legacy.js';
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import type { NativeFunction, Run } from '../../run.ts';
import { walk } from '../text-work.ts';

export const uuidFunctions: readonly NativeFunction[] = [
  { name: 'uuid', signature: '<s?:s>', params: ['name'], call: uuid },
];

/** Names are within this space of our own; it must never change, as ids made from names are stored elsewhere. */
const NAMESPACE = hexToBytes('6ba3d5f0c84e5a11b0f37d2e91c4a685');

/** Longer names are no names; their hash would take time. */
const COST_PER_CHARACTER = 100;

function uuid(run: Run, args: readonly unknown[]): unknown {
  if (args.length === 0) return layout(randomBytes(run), 4);
  const [name] = args as [string | undefined];
  // The id of what is missing would be another one each time.
  if (name === undefined) return undefined;
  run.checkString(name.length * COST_PER_CHARACTER);
  walk(run, name.length);
  return layout(sha1(new Uint8Array([...NAMESPACE, ...utf8ToBytes(name)])).slice(0, 16), 5);
}

function randomBytes(run: Run): Uint8Array {
  const words = Uint32Array.from({ length: 4 }, () => Math.floor(run.random() * 2 ** 32));
  return new Uint8Array(words.buffer);
}

/** RFC 9562 with that version. */
function layout(bytes: Uint8Array, version: number): string {
  bytes[6] = ((bytes[6] as number) & 0x0f) | (version << 4);
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  const hex = bytesToHex(bytes);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
