import type { Command } from '../commands/index.ts';
import { editorTexts } from '../texts/index.ts';

/** A command of the open flow; its id is the same in every flow, so that it is recent in all of them. */
export function flowCommand(
  id: string,
  label: string,
  Icon: Command['Icon'],
  run: () => unknown,
  more: Partial<Command> = {},
): Command {
  return { id: `this-flow ${id}`, group: editorTexts.commands.heading, label, Icon, run, ...more };
}
