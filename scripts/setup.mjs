// Makes a clone ready: installs what is missing, builds the designer when stale (--build), finds or installs Chromium (--browser)
// and PostgreSQL (--postgres).
// Runs on Node 20, which may be all a machine has; everything after it runs on the workspace's Node 24.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PNPM = 'pnpm@12.21.0';
const root = fileURLToPath(new URL('..', import.meta.url));
const wants = new Set(process.argv.slice(2));

installPackages();
requireNode24();
if (wants.has('--build')) buildDesigner();
if (wants.has('--browser')) requireChromium();
if (wants.has('--postgres')) offerPostgres();

function installPackages() {
  const manifests = ['package.json', 'pnpm-workspace.yaml', 'pnpm-lock.yaml', ...workspaceManifests()];
  const wanted = hashFiles(manifests, `${process.platform}-${process.arch}`);
  const stamp = join(root, 'node_modules', '.crossdock-install');
  if (readIfThere(stamp) === wanted) return;
  say('Installing packages …');
  run(
    'npx',
    ['-y', PNPM, 'install', '--frozen-lockfile', '--prefer-offline'],
    'The packages could not be installed. Is the npm registry reachable?',
  );
  writeFileSync(stamp, wanted);
}

function requireNode24() {
  const version =
    spawnSync('node', ['--version'], { cwd: root, encoding: 'utf8', env: withBin() }).stdout?.trim() ?? 'none';
  if (Number(/^v(\d+)/.exec(version)?.[1] ?? 0) >= 24) return;
  fail(
    `Crossdock runs on Node 24 or newer; this machine has ${version}. On Linux x64 it comes with the packages; elsewhere install Node 24 and start again.`,
  );
}

function buildDesigner() {
  const sources = ['designer', 'packages'].flatMap((folder) => filesBelow(join(root, folder)));
  const wanted = hashFiles([...sources.map((path) => path.slice(root.length)), 'pnpm-lock.yaml'], '');
  const stamp = join(root, 'designer', 'dist', '.built-from');
  if (readIfThere(stamp) === wanted) return;
  say('Building the designer …');
  run(
    'node',
    ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn'],
    'The designer could not be built; see above.',
    join(root, 'designer'),
  );
  writeFileSync(stamp, wanted);
}

function requireChromium() {
  const found = () =>
    ['chromium', 'chromium-browser', 'google-chrome'].some((name) => spawnSync('which', [name]).status === 0);
  if (found() || playwrightBrowser()) return;
  if (process.getuid?.() === 0 && spawnSync('which', ['apt-get']).status === 0) {
    say('Installing Chromium for the browser tests …');
    spawnSync('apt-get', ['update'], { stdio: 'ignore' });
    run(
      'apt-get',
      ['install', '-y', '--no-install-recommends', 'chromium'],
      'Chromium could not be installed with apt-get.',
      root,
      'ignore',
    );
    if (found()) return;
  }
  say('Installing a browser for the browser tests …');
  run(
    'node',
    ['node_modules/@playwright/test/cli.js', 'install', 'chromium'],
    'The browser tests need Chromium. Install it (Debian: apt-get install chromium) and run npm test again.',
    join(root, 'test'),
  );
}

/** Without it the tests on PostgreSQL are left out, and say so. */
function offerPostgres() {
  if (existsSync('/usr/lib/postgresql') || spawnSync('which', ['initdb']).status === 0) return;
  if (process.getuid?.() !== 0 || spawnSync('which', ['apt-get']).status !== 0) return;
  say('Installing PostgreSQL for the tests on it …');
  spawnSync('apt-get', ['update'], { stdio: 'ignore' });
  const { status } = spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'postgresql'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (status !== 0) say('PostgreSQL could not be installed with apt-get; the tests on it are left out.');
}

function playwrightBrowser() {
  const probe =
    "import('@playwright/test').then(({ chromium }) => process.exit(require('node:fs').existsSync(chromium.executablePath()) ? 0 : 1))";
  return spawnSync('node', ['-e', probe], { cwd: join(root, 'test'), env: withBin() }).status === 0;
}

function workspaceManifests() {
  const packages = readdirSync(join(root, 'packages')).map((name) => `packages/${name}/package.json`);
  return [...packages, 'designer/package.json', 'runtime/package.json', 'test/package.json'].filter((path) =>
    existsSync(join(root, path)),
  );
}

function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (['node_modules', 'dist'].includes(entry.name)) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}

function hashFiles(paths, salt) {
  const hash = createHash('sha256').update(salt);
  for (const path of paths.sort())
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(join(root, path)))
      .update('\0');
  return hash.digest('hex');
}

function readIfThere(path) {
  return existsSync(path) && statSync(path).isFile() ? readFileSync(path, 'utf8') : undefined;
}

function run(command, args, complaint, cwd = root, stdout = 'inherit') {
  const { status } = spawnSync(command, args, { cwd, stdio: ['ignore', stdout, 'inherit'], env: withBin() });
  if (status !== 0) fail(complaint);
}

function withBin() {
  return { ...process.env, PATH: `${join(root, 'node_modules', '.bin')}:${process.env.PATH}` };
}

function say(text) {
  console.log(text);
}

function fail(text) {
  console.error(text);
  process.exit(1);
}
