import Type from 'typebox';
import { defineRoute } from './route.ts';
import * as s from './schemas.ts';

/** Sign-in, people and API keys. */
export const peopleRoutes = {
  signIn: defineRoute({
    id: 'signIn',
    method: 'POST',
    path: '/api/v1/session',
    permission: 'public',
    summary: 'Sign in',
    body: Type.Object(
      { email: Type.String({ maxLength: 320 }), password: Type.String({ maxLength: 256 }) },
      { additionalProperties: false },
    ),
    responses: { 200: s.Me },
  }),
  signOut: defineRoute({
    id: 'signOut',
    method: 'DELETE',
    path: '/api/v1/session',
    permission: 'signed-in',
    summary: 'Sign out',
    responses: { 204: s.Nothing },
  }),
  me: defineRoute({
    id: 'me',
    method: 'GET',
    path: '/api/v1/me',
    permission: 'signed-in',
    summary: 'Who is signed in',
    responses: { 200: s.Me },
  }),
  listUsers: defineRoute({
    id: 'listUsers',
    method: 'GET',
    path: '/api/v1/users',
    permission: 'people:manage',
    summary: 'People',
    query: s.Page,
    responses: { 200: s.UserPage },
  }),
  createUser: defineRoute({
    id: 'createUser',
    method: 'POST',
    path: '/api/v1/users',
    permission: 'people:manage',
    summary: 'Add a person',
    body: Type.Object(
      {
        email: Type.String({ format: 'email', maxLength: 320 }),
        name: Type.String({ minLength: 1, maxLength: 200 }),
        password: Type.String({ minLength: 12, maxLength: 256 }),
        role: s.RoleName,
      },
      { additionalProperties: false },
    ),
    responses: { 201: s.User },
  }),
  updateUser: defineRoute({
    id: 'updateUser',
    method: 'PUT',
    path: '/api/v1/users/:userId',
    permission: 'people:manage',
    summary: 'Change name, role or password',
    params: Type.Object({ userId: Type.String() }),
    body: Type.Object(
      {
        name: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
        role: Type.Optional(s.RoleName),
        password: Type.Optional(Type.String({ minLength: 12, maxLength: 256 })),
      },
      { additionalProperties: false },
    ),
    responses: { 200: s.User },
  }),
  deleteUser: defineRoute({
    id: 'deleteUser',
    method: 'DELETE',
    path: '/api/v1/users/:userId',
    permission: 'people:manage',
    summary: 'Remove a person',
    params: Type.Object({ userId: Type.String() }),
    responses: { 204: s.Nothing },
  }),
  listApiKeys: defineRoute({
    id: 'listApiKeys',
    method: 'GET',
    path: '/api/v1/api-keys',
    permission: 'keys:manage',
    summary: 'API keys',
    query: s.Page,
    responses: { 200: s.ApiKeyPage },
  }),
  createApiKey: defineRoute({
    id: 'createApiKey',
    method: 'POST',
    path: '/api/v1/api-keys',
    permission: 'keys:manage',
    summary: 'Make an API key; its value is shown once',
    body: Type.Object(
      { name: Type.String({ minLength: 1, maxLength: 100 }), role: s.RoleName },
      { additionalProperties: false },
    ),
    responses: { 201: Type.Object({ ...s.ApiKey.properties, key: Type.String() }) },
  }),
  deleteApiKey: defineRoute({
    id: 'deleteApiKey',
    method: 'DELETE',
    path: '/api/v1/api-keys/:keyId',
    permission: 'keys:manage',
    summary: 'Revoke an API key',
    params: Type.Object({ keyId: Type.String() }),
    responses: { 204: s.Nothing },
  }),
} as const;
