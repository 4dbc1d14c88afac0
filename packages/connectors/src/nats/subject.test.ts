import { schemaProblems } from '@crossdock/flow-model';
import { describe, expect, test } from 'vitest';
import { OWN_SUBJECT_TOKENS, subjectIn, subjectToHear, subjectToPublish } from './subject.ts';

const reasons = (subject: string, schema: object) =>
  schemaProblems(subject, { type: 'string', ...schema }).map(({ reason }) => reason);

describe('a subject to publish to', () => {
  test.each(['orders', 'erp.{env}.orders-created_v1', 'event', 'runs.a', 'a.evt', '{env}.x', 'käse.order#1'])(
    'may be %s',
    (subject) => {
      expect(reasons(subject, subjectToPublish)).toEqual([]);
    },
  );

  test.each([
    '',
    'a b',
    'a.',
    '.a',
    'a..b',
    'a.*',
    'a.>',
    '$JS.API',
    '_INBOX.x',
    'a.{environment}',
    'evt',
    'evt.dev.x',
  ])('may not be "%s"', (subject) => {
    expect(reasons(subject, subjectToPublish)).toHaveLength(1);
  });

  test.each(OWN_SUBJECT_TOKENS)('may not begin with "%s", and says so', (token) => {
    expect(reasons(`${token}.x`, subjectToPublish)).toEqual([expect.stringContaining(`${token}`)]);
    expect(reasons(`${token}x.x`, subjectToPublish)).toEqual([]);
  });
});

describe('a subject to hear', () => {
  test.each(['orders', 'shop.*.created', 'shop.{env}.>', 'shop.*.*', 'a.*.>'])('may be %s', (subject) => {
    expect(reasons(subject, subjectToHear)).toEqual([]);
  });

  test.each(['>', '*', '*.created', 'shop.>.x', 'shop.a*', 'shop.>>', '$SYS.>', 'run.q.>', 'j.*'])(
    'may not be "%s"',
    (subject) => {
      expect(reasons(subject, subjectToHear)).toHaveLength(1);
    },
  );
});

test('{env} stands for the environment', () => {
  expect(subjectIn('prod', '{env}.a.x-{env}')).toBe('prod.a.x-prod');
});
