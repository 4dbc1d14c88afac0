import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { isDialogOpen, openDialog, openerNow } from './dialog-focus.ts';

/** As much of an element as the focus needs. */
function element({ within }: { within?: Record<string, string> } = {}) {
  const made = {
    isConnected: true,
    focus: () => {
      page.activeElement = made;
    },
    closest: (role: string) =>
      within && role === `[role="${within.role}"]` ? { getAttribute: () => within.of } : null,
  };
  return made;
}

const body = element();
const page = {
  body,
  activeElement: body,
  byId: {} as Record<string, unknown>,
  getElementById: (id: string) => page.byId[id],
};

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('document', page);
  page.activeElement = body;
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('a dialog that goes gives the focus back to what opened it', () => {
  const button = element();
  button.focus();
  const close = openDialog(openerNow());
  page.activeElement = body;
  close();
  vi.runAllTimers();
  expect(page.activeElement).toBe(button);
});

test('a dialog counts as open until the key that closed it has been dealt with', () => {
  const close = openDialog(null);
  close();
  expect(isDialogOpen()).toBe(true);
  vi.runAllTimers();
  expect(isDialogOpen()).toBe(false);
});

test('what took the focus meanwhile keeps it', () => {
  const field = element();
  const close = openDialog(element());
  close();
  field.focus();
  vi.runAllTimers();
  expect(page.activeElement).toBe(field);
});

test('of an entry in a menu the button of the menu gets the focus, for the entry is gone', () => {
  const button = element();
  page.byId = { 'more-target': button };
  element({ within: { role: 'menu', of: 'more-target' } }).focus();
  expect(openerNow()).toBe(button);
});

test('a question above a drawer that goes with it leaves the focus to what opened the drawer', () => {
  const row = element();
  const field = element({ within: { role: 'dialog' } });
  const closeDrawer = openDialog(row);
  field.focus();
  const closeQuestion = openDialog(openerNow());
  field.isConnected = false;
  page.activeElement = body;
  closeQuestion();
  closeDrawer();
  vi.runAllTimers();
  expect(page.activeElement).toBe(row);
});

test('a dialog that another one follows leaves the focus to that one', () => {
  const button = element();
  const closeFirst = openDialog(button);
  const closeSecond = openDialog(null);
  closeFirst();
  vi.runAllTimers();
  expect(page.activeElement).toBe(body);
  closeSecond();
  vi.runAllTimers();
  expect(page.activeElement).toBe(button);
});
