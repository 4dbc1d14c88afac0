import { manifestsByType } from '@crossdock/connectors/manifests';
import type { NodeManifest } from '@crossdock/flow-model';
import { describe, expect, it } from 'vitest';
import { describedField, mappableFields, mappingField } from './mapping-field.ts';

const manifestOf = (type: string) => manifestsByType.get(type) as NodeManifest;

describe('fields that are mapped', () => {
  it('are the mapping of a node, and expressions whose result has fields of its own', () => {
    const fields = ['transform', 'http.request', 'event.emit', 'odoo.upsert', 'nats.publish', 'flow.call', 'respond'];
    expect(fields.map((type) => mappableFields(manifestOf(type)))).toEqual([
      ['mapping'],
      ['body'],
      ['data'],
      ['values', 'context'],
      ['payload'],
      ['payload'],
      ['body'],
    ]);
    expect(mappableFields(manifestOf('stop'))).toEqual([]);
    expect(mappingField(manifestOf('http.request'))).toBeUndefined();
  });

  it('are described where they make an object', () => {
    const described = ['transform', 'http.request', 'odoo.call', 'odoo.upsert', 'odoo.validateTransfer', 'stop'];
    expect(described.map((type) => describedField(manifestOf(type)))).toEqual([
      ...['mapping', 'body', 'args', 'values', 'moved', undefined],
    ]);
  });
});
