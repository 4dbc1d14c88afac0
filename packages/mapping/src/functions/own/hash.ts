import { md5, sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { JsonataError, NativeFunction, Run } from '../../run.ts';
import { PIECE_STEPS, pieceEnd } from '../text-work.ts';
import { canonicalJson } from './canonical-json.ts';

export const hashFunctions: readonly NativeFunction[] = [
  { name: 'hash', signature: '<(snbloa)s?:s>', params: ['value', 'algorithm'], call: hash },
];

const ALGORITHMS = { sha256, sha512, sha1, md5 };

function hash(run: Run, args: readonly unknown[]): unknown {
  const [value, algorithm = 'sha256'] = args as [unknown, string | undefined];
  if (value === undefined) return undefined;
  const text = typeof value === 'string' ? value : canonicalJson(run, value);
  if (!Object.hasOwn(ALGORITHMS, algorithm)) {
    const message = `$hash knows ${Object.keys(ALGORITHMS).join(', ')}, and no other algorithm`;
    throw { code: 'D4010', message, index: 2 } satisfies JsonataError;
  }
  run.checkString(text.length);
  const hasher = ALGORITHMS[algorithm as keyof typeof ALGORITHMS].create();
  for (let from = 0, to = 0; from < text.length; from = to) {
    to = pieceEnd(text, from);
    run.spend(PIECE_STEPS);
    hasher.update(utf8ToBytes(text.slice(from, to)));
  }
  return bytesToHex(hasher.digest());
}
