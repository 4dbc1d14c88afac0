import { checkMaskPath, collectMasked, compileMask, maskedPlaces } from '@crossdock/payload';
import type { Issue } from './issue.ts';
import { looksInvented } from './looks-invented.ts';
import { makeIssue } from './make-issue.ts';
import { fieldName, pointerOf } from './pointer.ts';

const EVERYTHING = compileMask(['**']);

/**
 * A warning for each masked field of each sample (or test) that may hold the value of a real order or person: samples rest as they are, in the draft, in
 * revisions and in files. Of the elements of a list the first that may be real is named. Takes any JSON.
 */
export function sampleIssues(samples: unknown, mask: unknown, list: 'samples' | 'tests' = 'samples'): Issue[] {
  if (!Array.isArray(samples) || !Array.isArray(mask)) return [];
  const paths = mask.filter((path): path is string => typeof path === 'string' && checkMaskPath(path) === undefined);
  if (paths.length === 0) return [];
  const compiled = compileMask(paths);
  return samples.flatMap((sample: unknown, index) => {
    const { name, payload } = (sample ?? {}) as { name?: unknown; payload?: unknown };
    const told = new Set<string>();
    return maskedPlaces(payload, compiled).flatMap(({ keys, value }) => {
      const field = keys.filter((key) => !/^\d+$/.test(key)).join('.');
      if (told.has(field) || leavesOf(value).every(looksInvented)) return [];
      told.add(field);
      const holder = list === 'samples' ? 'sample' : 'test';
      const details = { holder, field: fieldName(keys), sample: typeof name === 'string' ? name : index + 1 };
      return [
        makeIssue('FLOW_SAMPLE_MASKED', {
          path: pointerOf([list, index, 'payload', ...keys]),
          severity: 'warning',
          details,
        }),
      ];
    });
  });
}

function leavesOf(value: unknown): (string | number)[] {
  return collectMasked({ value }, EVERYTHING).filter((leaf) => typeof leaf !== 'boolean');
}
