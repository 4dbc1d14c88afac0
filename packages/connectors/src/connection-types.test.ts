import { type ConnectionManifest, credentialFields, filledSettings, hostsOf } from '@crossdock/connector-sdk';
import { schemaProblems } from '@crossdock/flow-model';
import { describe, expect, test } from 'vitest';
import { connectionTypesByName, httpConnection, smtpConnection } from './manifests.ts';
import { connectionChecksByType, credentialRotationsByType } from './runners.ts';

describe.each([...connectionTypesByName])('the connection type %s', (type, manifest: ConnectionManifest) => {
  test('says what each setting and credential is for', () => {
    for (const field of [
      ...Object.values(manifest.settings.properties),
      ...Object.values(manifest.credentials.properties),
    ])
      expect(field).toMatchObject({ title: expect.stringMatching(/\S/), description: expect.stringMatching(/\.$/) });
  });

  test('has words that people know for each choice', () => {
    for (const { enum: values, 'x-labels': labels = {} } of Object.values(manifest.settings.properties))
      if (Array.isArray(values)) expect(Object.keys(labels)).toEqual(values);
  });

  test('is data: survives JSON, functions and undefined would not', () => {
    expect(JSON.parse(JSON.stringify(manifest))).toEqual(manifest);
  });

  test('has examples that its schema takes, each of which names a host where credentials go anywhere', () => {
    for (const { settings } of manifest.examples) {
      expect(schemaProblems(settings, manifest.settings)).toEqual([]);
      // What is only held against what others send goes nowhere.
      const named = hostsOf(manifest, filledSettings(manifest, settings));
      expect(named.length > 0).toBe(manifest.hosts.length > 0);
    }
  });

  test('keeps nothing secret among its settings: every credential is a text, needed by a setting or by nobody', () => {
    for (const field of Object.values(manifest.credentials.properties)) {
      expect(field.type).toBe('string');
      if (field['x-when']) expect(manifest.settings.properties).toHaveProperty(field['x-when'].field);
    }
  });

  test('has a check if it says so', () => {
    expect(connectionChecksByType.has(type)).toBe(manifest.checkable);
  });

  test('can make new credentials if it says so', () => {
    expect(credentialRotationsByType.has(type)).toBe(manifest.rotatable === true);
  });
});

test.each([
  ['an address without a scheme', { baseUrl: 'erp.example.com' }],
  ['another scheme', { baseUrl: 'ftp://erp.example.com' }],
  ['a password in the address', { baseUrl: 'https://u:p@erp.example.com' }],
  ['a query', { baseUrl: 'https://erp.example.com?a=1' }],
  ['basic without a user', { baseUrl: 'https://erp.example.com', auth: 'basic' }],
  ['OAuth without a token address', { baseUrl: 'https://erp.example.com', auth: 'oauth2', clientId: 'c' }],
  ['a header with a line break', { baseUrl: 'https://erp.example.com', headers: { 'X-A': 'a\r\nX-B: b' } }],
  ['a setting that is not known', { baseUrl: 'https://erp.example.com', password: 'x' }],
])('an http connection refuses %s', (_what, settings) => {
  expect(schemaProblems(settings, httpConnection.settings)).not.toEqual([]);
});

test('the hosts of a connection are origins, each once', () => {
  const settings = {
    baseUrl: 'https://ERP.example.com:443/api',
    otherAddresses: ['https://erp.example.com/files', 'http://erp.example.com:8080'],
    tokenUrl: 'https://id.example.com/token',
  };
  expect(hostsOf(httpConnection, settings)).toEqual([
    'http://erp.example.com:8080',
    'https://erp.example.com',
    'https://id.example.com',
  ]);
  expect(hostsOf(smtpConnection, { host: 'Mail.example.com', port: 587 })).toEqual(['smtp://mail.example.com:587']);
});

test('credentials follow the authentication; what no setting asks for may be set at any time', () => {
  const fields = (settings: object) =>
    credentialFields(httpConnection, { ...settings }).map(({ name, isNeeded }) => `${name}${isNeeded ? '!' : ''}`);
  expect(fields({})).toEqual(['signingSecret']);
  expect(fields({ auth: 'basic' })).toEqual(['password!', 'signingSecret']);
  expect(fields({ auth: 'oauth2' })).toEqual(['clientSecret!', 'signingSecret']);
  expect(credentialFields(smtpConnection, {}).map(({ name }) => name)).toEqual(['password']);
});
