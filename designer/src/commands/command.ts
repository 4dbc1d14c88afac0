import type { TablerIcon } from '@tabler/icons-react';

/** Something that the command palette can do, or a place that it leads to. */
export interface Command {
  /** The same from one visit to the next, so that it can be shown among the recent ones. */
  readonly id: string;
  readonly label: string;
  /** The heading it stands under. */
  readonly group: string;
  readonly Icon: TablerIcon;
  /** What tells it apart from others of its label; it is searched too. */
  readonly hint?: string | undefined;
  /** More words to find it by. */
  readonly words?: string;
  /** Shown only when it is looked for, or recent. */
  readonly isMinor?: boolean;
  readonly keys?: readonly string[];
  readonly run: () => unknown;
}

export interface CommandGroup {
  readonly label: string;
  readonly commands: readonly Command[];
}
