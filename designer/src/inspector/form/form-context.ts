/** What the fields of a form know beyond their own value. */
export interface FormContext {
  /** Payload whose fields are offered in expressions. */
  readonly sample: unknown;
  /** A field to jump to; a new object does so again. */
  readonly reveal: { readonly path: string; readonly position: number | undefined } | undefined;
}
