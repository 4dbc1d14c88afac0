import { existsSync, type Stats, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Request, RequestHandler, Response } from 'express';

const compress = promisify(gzip);
const COMPRESSIBLE = new Set(['.html', '.js', '.mjs', '.css', '.svg', '.json', '.map', '.txt', '.wasm', '.ttf']);
/** Vite puts a hash of the content into these names. */
const HASHED = /^\/assets\/.+-[\w-]{8,}\.\w+$/;
const NOT_PAGES = /^\/(api|hooks)(\/|$)/;
const NOT_BUILT = `<!doctype html><html lang="en"><title>Crossdock</title>
<h1>The designer is not built</h1>
<p>Start with <code>npm start</code>, which builds it, or with <code>pnpm dev</code> while working on it. The API is running.</p></html>
`;

interface Asset {
  readonly mtimeMs: number;
  readonly etag: string;
  readonly plain: Buffer;
  readonly gzipped: Buffer | undefined;
}

/**
 * Serves the built designer out of memory, compressed once. Hashed files are cached for good, the rest is asked for again; any page a browser
 * navigates to gets `index.html`, as the designer has its own routes.
 */
export function designerAssets(folder: string): RequestHandler {
  const cache = new Map<string, Asset>();
  return (request, response, next) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return next();
    const file = fileFor(folder, request.path);
    if (file) return void sendFile(cache, folder, file, request, response).catch(next);
    if (!isNavigation(request)) return next();
    const index = fileFor(folder, '/index.html');
    if (index) return void sendFile(cache, folder, index, request, response).catch(next);
    response.status(503).type('html').set('Cache-Control', 'no-store').send(NOT_BUILT);
  };
}

/** A browser that opens a page asks for HTML by name; a missing script or image must stay missing. */
function isNavigation(request: Request): boolean {
  return (
    !NOT_PAGES.test(request.path) &&
    extname(request.path) === '' &&
    (request.headers.accept ?? '').includes('text/html')
  );
}

function fileFor(folder: string, urlPath: string): string | undefined {
  let path: string;
  try {
    path = normalize(decodeURIComponent(urlPath));
  } catch {
    return undefined;
  }
  if (path.includes('\0') || path.split(sep).some((part) => part.startsWith('.'))) return undefined;
  const file = join(folder, path === sep ? 'index.html' : path);
  return file.startsWith(folder) && existsSync(file) && statSync(file).isFile() ? file : undefined;
}

async function sendFile(
  cache: Map<string, Asset>,
  folder: string,
  file: string,
  request: Request,
  response: Response,
): Promise<void> {
  const asset = await assetOf(cache, file, statSync(file));
  const name = file.slice(folder.length).replaceAll(sep, '/');
  response.type(extname(file)).vary('Accept-Encoding');
  response.set({
    ETag: asset.etag,
    'Cache-Control': HASHED.test(name) ? 'public, max-age=31536000, immutable' : 'no-cache',
  });
  if (request.fresh) return void response.status(304).end();
  const isGzipped = asset.gzipped !== undefined && request.acceptsEncodings('gzip') === 'gzip';
  if (isGzipped) response.set('Content-Encoding', 'gzip');
  response.send(isGzipped ? asset.gzipped : asset.plain);
}

async function assetOf(cache: Map<string, Asset>, file: string, { mtimeMs, size }: Stats): Promise<Asset> {
  const known = cache.get(file);
  if (known?.mtimeMs === mtimeMs) return known;
  const plain = await readFile(file);
  const gzipped = COMPRESSIBLE.has(extname(file)) ? await compress(plain) : undefined;
  const asset = { mtimeMs, etag: `W/"${size.toString(36)}-${Math.round(mtimeMs).toString(36)}"`, plain, gzipped };
  cache.set(file, asset);
  return asset;
}
