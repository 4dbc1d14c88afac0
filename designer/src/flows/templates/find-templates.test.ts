import type { FlowTemplate } from '@crossdock/api-contract';
import type { NodeManifest } from '@crossdock/flow-model';
import { describe, expect, it } from 'vitest';
import { findTemplates, systemsOf } from './find-templates.ts';

const manifest = (type: string, kind: string, connector: string) => [type, { type, kind, connector }] as const;
const manifests = new Map([
  manifest('webhook', 'trigger', 'Webhook'),
  manifest('respond', 'control', 'Webhook'),
  manifest('odoo.upsert', 'action', 'Odoo'),
  manifest('odoo.note', 'action', 'Odoo'),
]) as unknown as ReadonlyMap<string, NodeManifest>;
const template = (id: string, name: string, nodeTypes: string[]): FlowTemplate => ({
  ...{ id, name, nodeTypes, summary: `${name} does something.`, samples: 0, tests: 0 },
  needs: { connections: [], variables: [], flows: [] },
});
const toOdoo = template('to-odoo', 'Shop order', ['odoo.upsert', 'respond', 'webhook', 'odoo.note', 'gone']);
const status = template('status', 'Status', ['webhook', 'respond']);

describe('templates', () => {
  it('connect where triggers listen and actions reach', () => {
    expect(systemsOf(toOdoo, manifests)).toEqual(['Webhook', 'Odoo']);
    expect(systemsOf(status, manifests)).toEqual(['Webhook']);
  });

  it('are found by all words, in names, systems and what they do', () => {
    const find = (query: string) => findTemplates([toOdoo, status], query, manifests).map(({ id }) => id);
    expect(find('')).toEqual(['to-odoo', 'status']);
    expect(find('ODOO order')).toEqual(['to-odoo']);
    expect(find('something status')).toEqual(['status']);
    expect(find('odoo status')).toEqual([]);
  });
});
