import { runCase } from '@crossdock/connector-sdk/testing';
import { checkMapping } from '@crossdock/mapping';
import { describe, expect, test } from 'vitest';
import { manifests, manifestsByType, nodeTypesMarkdown } from './manifests.ts';
import { runnersByType } from './runners.ts';

describe.each(manifests.map((manifest) => [manifest.type, manifest] as const))('%s', (_type, manifest) => {
  test('says what each setting is for', () => {
    for (const field of Object.values(manifest.config.properties)) {
      expect(field).toMatchObject({ title: expect.stringMatching(/\S/), description: expect.stringMatching(/\.$/) });
    }
  });

  test('is data: survives JSON, functions and undefined would not', () => {
    expect(JSON.parse(JSON.stringify(manifest))).toEqual(manifest);
  });

  test('has a line whose slots are settings', () => {
    for (const [, slot = ''] of manifest.line.matchAll(/\{(\w+)\}/g)) {
      expect(Object.keys(manifest.config.properties)).toContain(slot);
    }
  });

  test('has examples whose mappings parse', () => {
    for (const { config } of manifest.examples) {
      for (const value of Object.values(config)) {
        const source = typeof value === 'string' && value.startsWith('=') ? value.slice(1) : 'true';
        expect(checkMapping(source)).toBeUndefined();
      }
    }
  });

  test('has a runner unless it is a trigger', () => {
    expect(runnersByType.has(manifest.type)).toBe(manifest.kind !== 'trigger');
  });
});

test('every action shows what it emits when effects are simulated', () => {
  for (const manifest of manifestsByType.values()) {
    if (manifest.kind === 'action') expect(manifest.simulated).toBeDefined();
  }
});

test('a config that the manifest does not allow stops a node test', async () => {
  const transform = manifests[1];
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
