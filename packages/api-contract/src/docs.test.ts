import { expect, it } from 'vitest';
import { recordedActions } from './audit-actions.ts';
import { rolesMarkdown } from './docs.ts';

it('the page about roles names every action that the audit can hold', () => {
  const page = rolesMarkdown();
  expect(recordedActions()).toEqual(expect.arrayContaining(['flow.deployed', 'installation.backed-up']));
  expect(recordedActions().filter((action) => !page.includes(`\`${action}\``))).toEqual([]);
});
