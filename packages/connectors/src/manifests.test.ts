import { readdirSync, readFileSync } from 'node:fs';
import type { NodeManifest } from '@crossdock/connector-sdk';
import { runCase } from '@crossdock/connector-sdk/testing';
import { newFlow, validateFlow } from '@crossdock/flow-model';
import { checkMapping } from '@crossdock/mapping';
import { describe, expect, test } from 'vitest';
import { transform } from './data/transform/manifest.ts';
import { manifests, manifestsByType, nodePage, nodeTypesMarkdown } from './manifests.ts';
import { runnersByType } from './runners.ts';

/** What a node by itself cannot have right: these are for the flow that it stands in. */
const OF_THE_FLOW = ['FLOW_NO_TRIGGER', 'FLOW_UNREACHABLE', 'FLOW_CONNECTION_MISSING'];

describe.each(manifests.map((manifest) => [manifest.type, manifest] as const))('%s', (_type, manifest) => {
  test('says what each setting is for', () => {
    for (const field of Object.values(manifest.config.properties)) {
      expect(field).toMatchObject({ title: expect.stringMatching(/\S/), description: expect.stringMatching(/\.$/) });
    }
  });

  test('is data: survives JSON, functions and undefined would not', () => {
    expect(JSON.parse(JSON.stringify(manifest))).toEqual(manifest);
  });

  test('has words that people know for each choice, methods of HTTP aside', () => {
    const { config }: NodeManifest = manifest;
    for (const { enum: values, 'x-labels': labels = {} } of Object.values(config.properties))
      if (Array.isArray(values) && values.some((value) => value !== String(value).toUpperCase()))
        expect(Object.keys(labels)).toEqual(values);
  });

  test('has a line whose slots are settings', () => {
    for (const [, slot = ''] of manifest.line.matchAll(/\{(\w+)\}/g)) {
      expect(Object.keys(manifest.config.properties)).toContain(slot);
    }
  });

  test('has examples that a flow may hold', () => {
    const { type, examples }: NodeManifest = manifest;
    for (const { config } of examples) {
      const issues = validateFlow(
        { ...newFlow('f', 'F'), nodes: [{ id: 'n', type, config }] },
        { manifests: manifestsByType, checkMapping },
      );
      expect(issues.filter(({ code }) => !OF_THE_FLOW.includes(code))).toEqual([]);
    }
  });

  test('has a runner unless it is a trigger or the engine works at it', () => {
    const { kind, control }: NodeManifest = manifest;
    expect(runnersByType.has(manifest.type)).toBe(kind !== 'trigger' && control === undefined);
  });
});

test('every action shows what it emits when effects are simulated', () => {
  for (const manifest of manifestsByType.values()) {
    if (manifest.kind === 'action') expect(manifest.simulated).toBeDefined();
  }
});

test('a config that the manifest does not allow stops a node test', async () => {
  const run = runCase(transform, async () => undefined, { title: '', config: {}, expect: {} });
  await expect(run).rejects.toThrow('config mapping is missing');
});

test('the reference page lists every type, setting and example', () => {
  const page = nodeTypesMarkdown(manifests);
  for (const { type, config, examples } of manifests) {
    expect(page).toContain(`## ${type}\n`);
    for (const name of Object.keys(config.properties)) expect(page).toContain(`| \`${name}\``);
    for (const { title } of examples) expect(page).toContain(`${title}:`);
  }
  expect(page).toContain('[`http.request`](#httprequest)');
});

test('the page of a node type names each error that its code can end with, and what to do', () => {
  for (const folder of ['data', 'http', 'odoo', 'nats', 'event', 'webhook']) {
    const ofConnector = manifests.filter(({ type }) =>
      sourcesOf(folder).some(({ text }) => text.includes(`type: '${type}'`)),
    );
    const told = new Set(ofConnector.flatMap((manifest) => nodePage(manifest).errors.map(({ code }): string => code)));
    const thrown = sourcesOf(folder)
      .filter(({ path }) => !/test|connection\/check|rotate\/|manifest|shared-fields/.test(path))
      .flatMap(({ text }) =>
        [...text.matchAll(/'((?:CONFIG|DATA|REMOTE|RUN)_[A-Z_]+)'/g)].map(([, code = '']) => code),
      );
    expect(
      [...new Set(thrown)].filter((code) => !told.has(code)),
      folder,
    ).toEqual([]);
  }
  const page = nodePage(manifestsByType.get('validate')!);
  expect(page.errors).toContainEqual(
    expect.objectContaining({ code: 'DATA_INVALID', fix: expect.stringMatching(/\.$/) }),
  );
});

test('one try at a call to Odoo may take as long as Odoo itself', () => {
  expect(nodePage(manifestsByType.get('odoo.upsert')!).facts.join(' ')).toContain('One try may take 2 min 30 s');
  expect(nodePage(manifestsByType.get('http.request')!).facts.join(' ')).toContain('One try may take 30 s');
  expect(nodePage(manifestsByType.get('transform')!).facts.join(' ')).not.toContain('One try');
});

function sourcesOf(folder: string) {
  const root = new URL(`./${folder}/`, import.meta.url);
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => ({ path, text: readFileSync(new URL(path, root), 'utf8') }));
}
