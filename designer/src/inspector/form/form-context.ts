import type { MappingShapes } from '@crossdock/mapping';
import type { NamedPayload } from '../schema/SchemaEditor.tsx';

/** What the fields of a form know beyond their own value. */
export interface FormContext {
  /** The node's settings, defaults filled. */
  readonly config: Readonly<Record<string, unknown>>;
  /** The name of the connection that the node uses, where it uses one. */
  readonly connection: string | undefined;
  /** What is known of the values around the node's expressions. */
  readonly shapes: MappingShapes | undefined;
  /** Payloads of the flow to make a schema of: what arrives at the node, as far as it is known, with each sample. */
  readonly samples: readonly NamedPayload[];
  /** The fields that can be mapped by lines, and what opens them there; none in a form of something else than a node. */
  readonly mapping?: { readonly fields: readonly string[]; readonly onOpen: (field: string) => void };
  /** A field to jump to; a new object does so again. */
  readonly reveal: { readonly path: string; readonly position: number | undefined } | undefined;
}
