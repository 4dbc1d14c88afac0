// Holds house rules of import: who may use whom (layers.json), no deep paths, no cycles, no `node:` where the browser runs,
// environment variables in one file.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const { units, forbidden, environmentOnlyIn } = JSON.parse(
  readFileSync(new URL('layers.json', import.meta.url), 'utf8'),
);
const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s(?:[^'"`;]*?from\s*)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;
const problems = [];
const files = Object.keys(units).flatMap((unit) =>
  sources(join(root, unit)).map((path) => ({ unit, path, text: readFileSync(path, 'utf8') })),
);

for (const file of files) checkFile(file);
checkManifests();
checkCycles();

if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exit(1);
}
console.log(`${files.length} files keep the layers`);

function checkFile({ unit, path, text }) {
  const { may, pure } = units[unit];
  const name = relative(root, path);
  const isTest = /\.test(?:ing)?\.tsx?$/.test(path) || path.includes('/testing/') || unit === 'test';
  for (const specifier of importsOf(text)) {
    const inner = /^@crossdock\/([a-z-]+)(\/.*)?$/.exec(specifier);
    if (inner) {
      if (!may.includes(inner[1]) && units[unit].name !== `@crossdock/${inner[1]}` && !isTest)
        complain(name, `${unit} may not import ${specifier}`);
      if (inner[2]?.startsWith('/src')) complain(name, `deep import ${specifier}`);
      if (inner[2] === '/runners' && unit === 'designer') complain(name, 'the designer may not import runners');
    } else if (specifier.startsWith('node:') && pure && !isTest)
      complain(name, `${specifier} does not run in the browser`);
    else if (specifier.startsWith('.') && leaves(path, specifier, unit))
      complain(name, `${specifier} leaves the package`);
    for (const [where, names] of Object.entries(forbidden)) {
      if (
        name.startsWith(where) &&
        !isTest &&
        names.some((bad) => specifier === bad || specifier.startsWith(bad.endsWith('/') ? bad : `${bad}/`))
      )
        complain(name, `${where} may not import ${specifier}`);
    }
  }
  if (
    /\bprocess\.env\b/.test(text) &&
    !isTest &&
    !environmentOnlyIn.includes(name) &&
    !/vite\.config|vitest\.config/.test(name)
  )
    complain(name, 'environment variables are read in runtime/src/config.ts only');
}

/** What a browser loads of the connectors must reach neither a runner nor a Node module. */
function checkManifests() {
  const seen = new Set();
  const queue = [join(root, 'packages/connectors/src/manifests.ts')];
  while (queue.length > 0) {
    const path = queue.pop();
    if (seen.has(path)) continue;
    seen.add(path);
    for (const specifier of importsOf(readFileSync(path, 'utf8'))) {
      if (specifier.startsWith('node:') || /\/run\.ts$/.test(specifier))
        complain(relative(root, path), `manifests may not reach ${specifier}`);
      if (specifier.startsWith('.')) queue.push(resolve(dirname(path), specifier));
    }
  }
}

/** Type-only cycles are harmless and left out. */
function checkCycles() {
  const edges = new Map(
    files
      .filter(({ path }) => !/\.test\.tsx?$/.test(path))
      .map(({ path, text }) => [
        path,
        importsOf(withoutTypeImports(text))
          .filter((s) => s.startsWith('.'))
          .map((s) => resolve(dirname(path), s)),
      ]),
  );
  const done = new Set();
  const visit = (path, trail) => {
    if (trail.includes(path))
      return complain(
        relative(root, path),
        `import cycle: ${[...trail.slice(trail.indexOf(path)), path].map((p) => relative(root, p)).join(' → ')}`,
      );
    if (done.has(path)) return;
    for (const next of edges.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const path of edges.keys()) visit(path, []);
}

function withoutTypeImports(text) {
  return text.replace(/(^|\n)\s*(import|export)\s+type\s[^'"`;]*?from\s*['"][^'"]+['"]/g, '$1');
}

function importsOf(text) {
  return [...text.matchAll(IMPORT)].map((match) => match[1] ?? match[2]);
}

function leaves(path, specifier, unit) {
  return relative(join(root, unit), resolve(dirname(path), specifier)).startsWith('..');
}

function sources(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (['node_modules', 'dist'].includes(entry.name)) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? sources(path) : /\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

function complain(file, text) {
  problems.push(`${file}: ${text}`);
}
