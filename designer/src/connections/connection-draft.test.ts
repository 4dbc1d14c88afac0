import type { Connection } from '@crossdock/api-contract';
import { httpConnection, smtpConnection } from '@crossdock/connectors/manifests';
import { describe, expect, test } from 'vitest';
import {
  addedHosts,
  carriedSettings,
  copiedSettings,
  credentialRows,
  isBegun,
  isChanged,
  isUnchecked,
  missingCredentials,
  sentCredentials,
  settingIssues,
} from './connection-draft.ts';

const settings = { baseUrl: 'https://erp.example.com/api', auth: 'bearer' };
const set = { isSet: true, isNeeded: true, changedAt: '2026-11-23T10:30:00.000Z', changedBy: 'Ada' };
const saved: Connection = {
  ...{ id: 'c1', env: 'dev', name: 'erp', type: 'http', settings, hosts: ['https://erp.example.com'] },
  credentials: { token: set, signingSecret: { isSet: false, isNeeded: false, changedAt: null, changedBy: null } },
  ...{ expiresAt: null, lastCheck: null, usedBy: 0, channels: [], version: 1 },
  ...{ createdAt: '', createdBy: '', updatedAt: '', updatedBy: '' },
};
const states = (draft: { settings: object; credentials: Record<string, string | null> }) =>
  Object.fromEntries(
    credentialRows(httpConnection, { ...draft, settings: { ...draft.settings } }, saved).map(({ name, state }) => [
      name,
      state,
    ]),
  );

describe('the draft of a connection', () => {
  test('keeps what is set until it is replaced or removed', () => {
    expect(states({ settings, credentials: {} })).toEqual({ token: 'kept', signingSecret: 'empty' });
    expect(states({ settings, credentials: { token: 't' } }).token).toBe('entered');
    expect(states({ settings, credentials: { token: null } }).token).toBe('removed');
  });

  test('asks for everything again when a host is new, and says which', () => {
    const moved = { settings: { ...settings, baseUrl: 'https://other.example.com' }, credentials: {} };
    expect(addedHosts(httpConnection, moved, saved)).toEqual(['https://other.example.com']);
    expect(states(moved).token).toBe('empty');
    const rows = credentialRows(httpConnection, moved, saved);
    expect(missingCredentials(rows, moved).map(({ name }) => name)).toEqual(['token']);
    expect(addedHosts(httpConnection, { settings: { ...settings, checkPath: '/me' }, credentials: {} }, saved)).toEqual(
      [],
    );
  });

  test('sends what was entered for the fields in use, and nothing else', () => {
    const credentials = { token: 't', password: 'of another authentication', signingSecret: '' };
    expect(sentCredentials(httpConnection, { settings, credentials })).toEqual({ token: 't' });
  });

  test('is unchanged in whatever order its settings stand', () => {
    const draft = { settings: { auth: 'bearer', baseUrl: settings.baseUrl }, credentials: { token: '' } };
    expect(isChanged(httpConnection, draft, saved)).toBe(false);
    expect(isChanged(httpConnection, { ...draft, credentials: { token: null } }, saved)).toBe(true);
  });

  test('of a new one is begun when something is entered, not by what its type fills in', () => {
    expect(isBegun(httpConnection, { settings: {}, credentials: {} })).toBe(false);
    expect(isBegun(httpConnection, { settings: { auth: 'none' }, credentials: { token: '' } })).toBe(false);
    expect(isBegun(httpConnection, { settings: { baseUrl: 'h' }, credentials: {} })).toBe(true);
    expect(isBegun(httpConnection, { settings: { auth: 'bearer' }, credentials: {} })).toBe(true);
  });

  test('of another type takes over the fields that both have, as far as they fit', () => {
    const entered = { baseUrl: 'https://erp.example.com', auth: 'basic', host: 'mail.example.com', port: 'x', own: 1 };
    expect(carriedSettings(smtpConnection, entered)).toEqual({ host: 'mail.example.com' });
    expect(carriedSettings(httpConnection, entered)).toEqual({ baseUrl: 'https://erp.example.com', auth: 'basic' });
  });

  test('of a copy has no expiry: that was of a credential which stays where it is', () => {
    expect(copiedSettings(httpConnection, { ...settings, expiresAt: '2027-03-31' })).toEqual(settings);
    const mail = { host: 'mail.example.com', from: 'a@example.com' };
    expect(copiedSettings(smtpConnection, mail)).toEqual(mail);
  });

  test('is to be checked when a credential was entered after the last check', () => {
    const check = { ok: true, latencyMs: 5, message: 'GET / answered 200', code: null, fix: null };
    const checked = (at: string) => isUnchecked(saved, { ...check, at } as Connection['lastCheck']);
    expect(isUnchecked(saved, null)).toBe(true);
    expect(checked('2026-11-23T10:29:59.000Z')).toBe(true);
    expect(checked('2026-11-23T10:30:01.000Z')).toBe(false);
    expect(isUnchecked({ ...saved, credentials: {} }, null)).toBe(false);
  });

  test('says what is wrong at its field', () => {
    expect(settingIssues(httpConnection, { baseUrl: 'erp' })).toMatchObject([
      { path: '/settings/baseUrl', message: expect.stringContaining('https://erp.example.com') },
    ]);
    const [row] = credentialRows(httpConnection, { settings, credentials: { token: 'a b' } }, saved);
    expect(row?.problem).toContain('without spaces');
  });
});
