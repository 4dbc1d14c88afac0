/** The palette of node types. */
export const paletteTexts = {
  label: 'Palette',
  search: 'Search nodes',
  nothing: (query: string) => `No node type matches “${query}”.`,
  kinds: { trigger: 'Triggers', transform: 'Transforms', control: 'Control', action: 'Actions' },
  hint: 'Click, press Enter or drag onto the canvas to add. F1 or the question mark tells what a node does.',
  collapse: 'Hide the palette',
  expand: 'Show the palette',
} as const;
