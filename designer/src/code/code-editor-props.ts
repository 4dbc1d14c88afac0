import type { MappingShapes, Span } from '@crossdock/mapping';

export interface CodeEditorProps {
  readonly value: string;
  readonly onChange?: (value: string) => void;
  readonly language: 'jsonata' | 'json';
  /** Accessible name. */
  readonly label: string;
  /** Without line numbers, for a field in a form. */
  readonly compact?: boolean;
  readonly readOnly?: boolean;
  /** What is wrong, and where (UTF-16 units from 0). */
  readonly problem?: { readonly message: string; readonly position: number } | undefined;
  /** What is known of the values around a mapping: decides what is offered, told and found in it. */
  readonly shapes?: MappingShapes | undefined;
  /** Stretches of the text that are shown lit. */
  readonly lit?: readonly Span[] | undefined;
  /** Puts the cursor somewhere; a new object does so again. */
  readonly reveal?: { readonly position: number | undefined } | undefined;
}
