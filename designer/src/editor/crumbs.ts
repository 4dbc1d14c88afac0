import { editorTexts } from '../texts/index.ts';

/** Where the editor stands: below the list of flows. */
export const crumbsOf = (name: string) => [
  { label: editorTexts.back, link: { to: '/flows' as const } },
  { label: name },
];
