// Fails when what a browser loads until the list of flows stands weighs more than it may: scripts and styles of the built designer, gzip, in
// each language. Fonts come after the text, and Monaco when an editor opens; neither counts.
// A translation comes on top of English, which stands where it lacks a text.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const dist = fileURLToPath(new URL('../designer/dist', import.meta.url));
/** What imports what, by source file, as Vite writes it. */
const chunks = JSON.parse(readFileSync(join(dist, '.vite', 'manifest.json'), 'utf8'));
const everywhere = ['index.html', 'src/app/mount.tsx', 'src/flows/FlowListPage.tsx'];
const languages = {
  English: { more: [], mostKb: 400 },
  German: { more: ['src/texts/de/index.ts', 'src/texts/all.ts'], mostKb: 460 },
};

for (const [language, { more, mostKb }] of Object.entries(languages)) {
  const files = filesOf([...everywhere, ...more]);
  const kb = files.reduce((sum, file) => sum + gzipSync(readFileSync(join(dist, file))).length, 0) / 1000;
  console.log(`First load in ${language}: ${kb.toFixed(1)} kB of ${mostKb} kB (gzip, ${files.length} files)`);
  if (kb > mostKb) process.exitCode = 1;
  if (files.some((file) => /monaco/i.test(file))) {
    console.error('Monaco is part of the first load. Import what needs it lazily.');
    process.exitCode = 1;
  }
}
if (process.exitCode)
  console.error('Load what the list of flows does not need when it is needed: by lazyRouteComponent or import().');

function filesOf(sources) {
  const files = new Set();
  const seen = new Set();
  const take = (source) => {
    if (seen.has(source)) return;
    seen.add(source);
    const chunk = chunks[source];
    if (!chunk)
      throw new Error(
        `The designer's build has no chunk of ${source}. Is it there still? Name its successor in this script.`,
      );
    for (const file of [chunk.file, ...(chunk.css ?? [])]) files.add(file);
    for (const imported of chunk.imports ?? []) take(imported);
  };
  for (const source of sources) take(source);
  return [...files];
}
