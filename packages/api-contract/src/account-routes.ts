import Type from 'typebox';
import * as p from './people-schemas.ts';
import { defineRoute } from './route.ts';
import * as s from './schemas.ts';

/** What people do about their own account, and how one who was invited comes to a password. */
export const accountRoutes = {
  me: defineRoute({
    id: 'me',
    method: 'GET',
    path: '/api/v1/me',
    permission: 'signed-in',
    summary: 'Who is signed in',
    responses: { 200: s.Me },
  }),
  renameMe: defineRoute({
    id: 'renameMe',
    method: 'PUT',
    path: '/api/v1/me',
    permission: 'signed-in',
    audit: 'person.changed',
    summary: 'Change the own name',
    body: Type.Object({ name: p.PersonName }, { additionalProperties: false }),
    responses: { 200: s.Me },
  }),
  changeMyPassword: defineRoute({
    id: 'changeMyPassword',
    method: 'PUT',
    path: '/api/v1/me/password',
    permission: 'signed-in',
    audit: 'person.password-changed',
    summary: 'Change the own password; all other sessions end',
    body: Type.Object(
      { current: Type.String({ maxLength: 256 }), new: p.NewPassword },
      { additionalProperties: false },
    ),
    responses: { 204: s.Nothing },
  }),
  listMySessions: defineRoute({
    id: 'listMySessions',
    method: 'GET',
    path: '/api/v1/me/sessions',
    permission: 'signed-in',
    summary: 'Where one is signed in, last seen first',
    responses: { 200: p.SessionPage },
  }),
  endMySession: defineRoute({
    id: 'endMySession',
    method: 'DELETE',
    path: '/api/v1/me/sessions/:sessionId',
    permission: 'signed-in',
    audit: 'session.ended',
    summary: 'Sign out somewhere else',
    params: Type.Object({ sessionId: Type.String({ maxLength: 100 }) }),
    responses: { 204: s.Nothing },
  }),
  endMyOtherSessions: defineRoute({
    id: 'endMyOtherSessions',
    method: 'DELETE',
    path: '/api/v1/me/sessions',
    permission: 'signed-in',
    audit: 'session.ended',
    summary: 'Sign out everywhere else',
    responses: { 204: s.Nothing },
  }),
  readPasswordLink: defineRoute({
    id: 'readPasswordLink',
    method: 'POST',
    path: '/api/v1/password-links/read',
    permission: 'public',
    audit: null,
    summary: 'Whom a one-time link is for',
    body: Type.Object({ token: p.LinkToken }, { additionalProperties: false }),
    responses: { 200: p.LinkOwner },
  }),
  usePasswordLink: defineRoute({
    id: 'usePasswordLink',
    method: 'POST',
    path: '/api/v1/password-links/use',
    permission: 'public',
    audit: 'person.password-set',
    summary: 'Set the own password by a one-time link',
    body: Type.Object({ token: p.LinkToken, password: p.NewPassword }, { additionalProperties: false }),
    responses: { 204: s.Nothing },
  }),
} as const;
