/** What the fields of a form know beyond their own value. */
export interface FormContext {
  /** The node's settings, defaults filled. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Payload whose fields are offered in expressions. */
  readonly sample: unknown;
  /** A field to jump to; a new object does so again. */
  readonly reveal: { readonly path: string; readonly position: number | undefined } | undefined;
}
