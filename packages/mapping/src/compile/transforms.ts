import { setField } from '../functions/objects.ts';
import { parseSignature } from '../functions/signature.ts';
import { applyIn } from '../run/apply.ts';
import type { Code } from '../run/code.ts';
import type { Evaluation } from '../run/evaluation.ts';
import { isFunctionValue, NativeValue } from '../run/function-value.ts';
import { mayChange } from '../run/ownership.ts';
import type { NativeFunction } from '../run.ts';
import { type AstNode, someNode } from './ast-node.ts';
import type { Place } from './place.ts';
import { lookupCode } from './variables.ts';

const SIGNATURE = parseSignature('<(oa):o>');

/** `|pattern|update, delete|`: a function that gives a changed copy. */
export function transformCode(node: AstNode, place: Place): Code {
  const pattern = place.code(node.pattern as AstNode);
  const update = place.code(node.update as AstNode);
  const deletion = node.delete === undefined ? undefined : place.code(node.delete);
  const clone = lookupCode('clone', place);
  const staysWithin = !someNode(node.pattern as AstNode, reachesOut);
  return (_input, frame) => {
    const transformed = (run: Evaluation, value: unknown): unknown => {
      if (value === undefined) return undefined;
      const cloneFunction = clone(null, frame, run);
      if (!isFunctionValue(cloneFunction)) throw { code: 'T2013', position: node.position };
      const copy = applyIn(run, cloneFunction, [value], null, frame);
      const matches = pattern(copy, frame, run);
      if (matches === undefined) return copy;
      for (const match of Array.isArray(matches) ? matches : [matches]) {
        run.spend(1);
        const target = staysWithin || mayChange(match, copy, run) ? match : undefined;
        applyUpdate(update(match, frame, run), target, node);
        if (deletion) applyDeletion(deletion(match, frame, run), target, node);
      }
      return copy;
    };
    const call: NativeFunction['call'] = (run, args) => transformed(run as Evaluation, args[0]);
    return new NativeValue({ name: 'transform', params: ['obj'], call }, SIGNATURE);
  };
}

function applyUpdate(update: unknown, target: unknown, node: AstNode): void {
  if (update === undefined) return;
  if (typeof update !== 'object' || update === null || Array.isArray(update)) {
    throw { code: 'T2011', position: node.update?.position, value: update };
  }
  if (target === undefined || isFunctionValue(target)) return;
  for (const [key, value] of Object.entries(update)) {
    if (typeof target !== 'object' || target === null) throw new TypeError('only objects have fields to change');
    setField(target as Record<string, unknown>, key, value);
  }
}

function applyDeletion(deletions: unknown, target: unknown, node: AstNode): void {
  if (deletions === undefined) return;
  const names = Array.isArray(deletions) ? deletions : [deletions];
  if (!names.every((name) => typeof name === 'string')) {
    throw { code: 'T2012', position: node.delete?.position, value: deletions };
  }
  if (typeof target !== 'object' || target === null) return;
  for (const name of names) delete (target as Record<string, unknown>)[name];
}

/** Whether a pattern may find what is not in the copy. */
const reachesOut = ({ type, value }: AstNode): boolean =>
  (type === 'variable' && value !== '') || type === 'function' || type === 'apply' || type === 'parent';
