import {
  type Address,
  applied,
  type LineChange,
  type Match,
  removeLine,
  renameLine,
  type SourceNode,
  type SourcePath,
  samePath,
  setLine,
  type TargetNode,
} from '@crossdock/mapping';
import { boardTexts as texts } from '../../texts/index.ts';
import { notifyDone, notifyWhyNot } from '../../ui/index.ts';
import { dropOn } from './drop-on.ts';

/** What can be done to a mapping by its lines; each is one change of its text, and one step of undo. */
export function boardEdits(source: string, lists: readonly SourcePath[], onChange: (source: string) => void) {
  const isList = (path: SourcePath) => lists.some((list) => samePath(list, path));

  function change(by: LineChange): void {
    if (by.refused) notifyWhyNot(texts.refused[by.refused]);
    else if (by.edits.length > 0) onChange(applied(source, by.edits));
  }

  return {
    drop(target: TargetNode, from: SourceNode) {
      const { address, content } = dropOn(target, from);
      change(setLine(source, address, content, isList));
    },
    remove: (address: Address) => change(removeLine(source, address)),
    rename: (address: Address, name: string) => change(renameLine(source, address, name)),
    /** All at once, as far as what is written lets it. */
    mapAll(matches: readonly Match[]) {
      let text = source;
      let count = 0;
      for (const { address, path } of matches) {
        const each = setLine(text, address, { copy: path }, isList);
        if (each.refused) continue;
        text = applied(text, each.edits);
        count++;
      }
      if (count === 0) return;
      onChange(text);
      notifyDone(texts.mapped(count));
    },
  };
}
