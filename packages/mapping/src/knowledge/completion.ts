/** Something that may be written at a place. */
export interface Completion {
  readonly kind: 'field' | 'variable' | 'function' | 'keyword' | 'value' | 'key';
  /** As it is listed: the name of a field, `$name` of a variable or function. */
  readonly label: string;
  /** What it gives, in short. */
  readonly type: string;
  /** An example from the samples, or what a function takes. */
  readonly detail?: string;
  /** More about it, as Markdown. */
  readonly documentation?: string;
  /** What is written in the place of `from` to `to`. */
  readonly insert: string;
  /** The same with places to fill in, in the snippet syntax of the language server protocol. */
  readonly snippet?: string;
  readonly from: number;
  readonly to: number;
}

/** A completion and how well it fits; the smaller the better. */
export interface Ranked {
  readonly completion: Completion;
  readonly rank: number;
}
