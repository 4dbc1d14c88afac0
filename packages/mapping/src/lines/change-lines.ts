import type { Edit } from '../lint/index.ts';
import { appended, removed } from './change-list.ts';
import { STEP } from './layout.ts';
import { type Address, beginsWith, type FieldPart, type Part, type SourcePath, type Span } from './part.ts';
import { readLines, viewOfRoot } from './read-lines.ts';
import { type NamesInView, textOfPath } from './view.ts';

/** What is put at a place of the target: a source value as it is, one element for each value of a source list, or an expression. */
export type Content = { readonly copy: SourcePath } | { readonly loop: SourcePath } | { readonly text: string };

/** The edits of the mapping's text; `refused`: what is written `at` gives the value as a whole, does not parse, or has that name. */
export type LineChange =
  | { readonly edits: readonly Edit[]; readonly refused?: never }
  | { readonly refused: 'expression' | 'syntax' | 'taken'; readonly at: Span };

/**
 * Puts something at a place of what the mapping makes, and makes the objects and lists that lead there where they are missing; a list is made of
 * the source's list around the value, which `isList` knows. Nothing else of the text changes.
 */
export function setLine(
  source: string,
  address: Address,
  content: Content,
  isList: (path: SourcePath) => boolean = () => false,
): LineChange {
  const whole = { from: 0, to: source.length };
  const root = readLines(source);
  const writer = new Writer(source, content, isList);
  if (root) return writer.into(root, whole, address, viewOfRoot());
  if (source.trim() !== '') return { refused: 'syntax', at: whole };
  return { edits: [{ ...whole, insert: writer.built(address, viewOfRoot(), '') }] };
}

/** Takes a field or an item out of what the mapping makes; no edits where there is none. */
export function removeLine(source: string, address: Address): LineChange {
  const whole = { from: 0, to: source.length };
  const root = readLines(source);
  if (!root) return source.trim() === '' ? { edits: [] } : { refused: 'syntax', at: whole };
  const last = address.at(-1);
  if (last === undefined) return { edits: [{ ...whole, insert: '' }] };
  const holder = lineAt(root, address.slice(0, -1), whole)?.part;
  const part = holder?.kind === 'loop' ? holder.each : holder;
  if (part?.kind === 'object') {
    const at = part.fields.findIndex(({ name }) => name === last);
    return { edits: removed(source, part, part.fields.map(spanOfField), at) };
  }
  if (part?.kind !== 'list') return { edits: [] };
  return { edits: typeof last === 'number' ? removed(source, part, part.items.map(valueSpan), last) : [] };
}

/** Gives a field of what the mapping makes another name; no edits where there is none. */
export function renameLine(source: string, address: Address, name: string): LineChange {
  const root = readLines(source);
  const holder = root && lineAt(root, address.slice(0, -1), { from: 0, to: source.length })?.part;
  const part = holder?.kind === 'loop' ? holder.each : holder;
  if (part?.kind !== 'object') return { edits: [] };
  const field = part.fields.find((each) => each.name === address.at(-1));
  const taken = part.fields.find((each) => each.name === name);
  if (!field || field === taken) return { edits: [] };
  if (taken) return { refused: 'taken', at: taken.key };
  return { edits: [{ ...field.key, insert: JSON.stringify(name) }] };
}

/** What is made at an address, and the text that makes it. */
export function lineAt(root: Part, address: Address, value: Span): { part: Part; value: Span } | undefined {
  const [step, ...further] = address;
  if (step === undefined) return { part: root, value };
  const part = root.kind === 'loop' ? root.each : root;
  const inner =
    part.kind === 'object'
      ? part.fields.find(({ name }) => name === step)
      : part.kind === 'list' && typeof step === 'number'
        ? part.items[step]
        : undefined;
  return inner && lineAt(inner.part, further, inner.value);
}

class Writer {
  readonly #source: string;
  readonly #content: Content;
  readonly #isList: (path: SourcePath) => boolean;

  constructor(source: string, content: Content, isList: (path: SourcePath) => boolean) {
    this.#source = source;
    this.#content = content;
    this.#isList = isList;
  }

  /** `value` is the text that makes `part`, seen from `view`. */
  into(part: Part, value: Span, address: Address, view: NamesInView): LineChange {
    const [step, ...further] = address;
    if (step === undefined) return { edits: [this.#replacing(part, value, view)] };
    if (part.kind === 'loop') return this.into(part.each, part.each, address, part.each.view);
    if (part.kind === 'object' && typeof step === 'string') {
      const field = part.fields.find(({ name }) => name === step);
      if (field) return this.into(field.part, field.value, further, part.view);
      const write = (indent: string) => `${JSON.stringify(step)}: ${this.built(further, part.view, indent)}`;
      return { edits: appended(this.#source, part, part.fields.map(spanOfField), write) };
    }
    if (part.kind === 'list' && typeof step === 'number') {
      const item = part.items[step];
      if (item) return this.into(item.part, item.value, further, part.view);
      const write = (indent: string) => this.built(further, part.view, indent);
      return { edits: appended(this.#source, part, part.items.map(valueSpan), write) };
    }
    return { refused: 'expression', at: value };
  }

  /** A loop over another list keeps what it makes of each. */
  #replacing(part: Part, value: Span, view: NamesInView): Edit {
    if (part.kind === 'loop' && 'loop' in this.#content)
      return { ...part.over, insert: textOfPath(this.#content.loop, view) };
    return { ...value, insert: this.built([], view, '') };
  }

  /** The text of the content with the objects and lists that lead to it. */
  built(address: Address, view: NamesInView, indent: string): string {
    const [step, ...further] = address;
    const content = this.#content;
    if (step === undefined) {
      if ('text' in content) return content.text;
      return 'copy' in content ? textOfPath(content.copy, view) : `[${textOfPath(content.loop, view)}.{}]`;
    }
    if (typeof step === 'number') {
      const list = typeof further[0] === 'string' ? this.#listAround(view) : undefined;
      if (!list) return `[${this.built(further, view, indent)}]`;
      const each = this.built(further, { context: list, variables: view.variables }, indent);
      return `[${textOfPath(list, view)}.${each}]`;
    }
    const inner = indent + STEP;
    return `{\n${inner}${JSON.stringify(step)}: ${this.built(further, view, inner)}\n${indent}}`;
  }

  /** The outermost list around the source value that the view does not stand in already. */
  #listAround({ context }: NamesInView): SourcePath | undefined {
    if (!('copy' in this.#content)) return undefined;
    const { copy } = this.#content;
    const starts = copy.slice(0, -1).map((_name, at) => copy.slice(0, at + 1));
    return starts.find((start) => this.#isList(start) && !(context && beginsWith(context, start)));
  }
}

const spanOfField = ({ key, value }: FieldPart): Span => ({ from: key.from, to: value.to });
const valueSpan = ({ value }: { readonly value: Span }): Span => value;
