import type { Run } from '../run.ts';
import type { Match } from './matching.ts';

/** A part of a replacement text: words as they are, or the number of a group, 0 for all that was matched. */
type Part = string | number;

/** Makes the text that a match is replaced with from one with `$0`, `$1` … and `$$` in it. */
export function replacementOf(run: Run, template: string): (match: Match) => string {
  let parts: readonly Part[] = [];
  let groupCount = -1;
  return (match) => {
    if (match.groups.length !== groupCount) {
      groupCount = match.groups.length;
      parts = partsOf(template, groupCount);
      run.spend(template.length / 100);
    }
    let text = '';
    for (const part of parts) {
      text += typeof part === 'string' ? part : part === 0 ? match.match : (match.groups[part - 1] ?? '');
      run.checkString(text.length);
    }
    run.spend(parts.length / 10);
    return text;
  };
}

function partsOf(template: string, groupCount: number): readonly Part[] {
  const parts: Part[] = [];
  let from = 0;
  for (let at = template.indexOf('$'); at !== -1; at = template.indexOf('$', from)) {
    parts.push(template.slice(from, at));
    from = at + 1;
    const following = template.charAt(from);
    if (following === '$') {
      parts.push('$');
      from++;
    } else if (following === '0') {
      parts.push(0);
      from++;
    } else {
      const group = groupAt(template, from, groupCount);
      if (Number.isNaN(group)) {
        parts.push('$');
      } else {
        if (group > 0) parts.push(group);
        from += String(group).length;
      }
    }
  }
  parts.push(template.slice(from));
  return parts.filter((part) => part !== '');
}

/** The number behind a `$`: as many digits as there are groups for. */
function groupAt(template: string, from: number, groupCount: number): number {
  if (groupCount === 0) return Number.parseInt(template.charAt(from), 10);
  const digits = Math.floor(Math.log(groupCount) * Math.LOG10E) + 1;
  const group = Number.parseInt(template.substring(from, from + digits), 10);
  return digits > 1 && group > groupCount ? Number.parseInt(template.substring(from, from + digits - 1), 10) : group;
}
