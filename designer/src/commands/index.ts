export type { Command } from './command.ts';
export { PaletteButton, PaletteHost } from './PaletteHost.tsx';
export { usePageCommands } from './page-commands.ts';
