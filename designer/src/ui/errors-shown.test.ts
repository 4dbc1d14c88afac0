import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** Files that show an error's sentence without what to do, and where that stands instead. */
const SAID_BESIDE: Readonly<Record<string, string>> = {
  'executions/StoryRow.tsx': 'the row opens the pane with the cause and what to do',
  'executions/DoubtPanel.tsx': 'its buttons are what can be done',
  'executions/PayloadPane.tsx': 'compares the message; shows ErrorCause',
  'mapper/MonacoEditor.tsx': 'a mark in the code',
};

test('whatever shows an error shows what to do about it', () => {
  const root = new URL('../', import.meta.url);
  const showing = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.tsx'))
    .filter((path) => /\b(error|problem)\.message\b/.test(readFileSync(new URL(path, root), 'utf8')));
  const without = showing.filter(
    (path) => !/\b(whatToDo|explain)\(|\.fix\b/.test(readFileSync(new URL(path, root), 'utf8')),
  );
  expect(without.toSorted()).toEqual(Object.keys(SAID_BESIDE).toSorted());
});
