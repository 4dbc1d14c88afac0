import { expect, test } from 'vitest';

/** Files that show an error's sentence without what to do, and where that stands instead. */
const SAID_BESIDE: Readonly<Record<string, string>> = {
  '../code/MonacoEditor.tsx': 'a mark in the text',
  '../exceptions/exception-columns.tsx': 'the name of a row, whose cell shows it',
  '../executions/DoubtPanel.tsx': 'its buttons are what can be done',
  '../executions/PayloadPane.tsx': 'compares the message; shows ErrorCause',
  '../executions/StoryRow.tsx': 'the row opens the pane with the cause and what to do',
  '../inspector/form/ChoiceInput.tsx': 'says that a name can be typed meanwhile',
  '../mapper/MappingPanel.tsx': 'the sentence says what to mend, at its place in the text',
};

const sources = import.meta.glob<string>('../**/*.tsx', { query: '?raw', import: 'default', eager: true });

test('whatever shows an error shows what to do about it', () => {
  const without = Object.entries(sources)
    .filter(([, source]) => /\b(error|problem)\.message\b/.test(source))
    .filter(([, source]) => !/\b(whatToDo|explain)\(|\.fix\b/.test(source));
  expect(without.map(([path]) => path).toSorted()).toEqual(Object.keys(SAID_BESIDE));
});

test('every dialog and drawer is one of ours', () => {
  const others = Object.entries(sources).filter(([, source]) => /<(Modal|Drawer)\b|modals\.open\b/.test(source));
  expect(others.map(([path]) => path)).toEqual(['./Dialog.tsx']);
});
