import { plural } from './plural.ts';

/** The page of the flow editor: saving, publishing, deploying, running on trial, issues. */
export const editorTexts = {
  loading: 'Loading the flow',
  back: 'Flows',
  undo: 'Undo',
  redo: 'Redo',
  readOnly: 'You may read this flow, not change it.',
  save: {
    saved: 'Saved',
    savedBy: (who: string) => `Saved · ${who}`,
    saving: 'Saving …',
    unsaved: 'Unsaved changes',
    offline: 'Offline – will retry',
    conflict: 'Conflict',
    refused: 'Not saved',
    retry: 'Try again',
    taken: (who: string) => `${who} saved a newer state; it is shown now.`,
  },
  presence: {
    title: 'Who has this flow open too',
    at: (who: string, node: string) => `${who} is at “${node}”. Go there.`,
    here: (who: string) => `${who} has this flow open`,
    more: (count: number) => `${count} more have this flow open`,
  },
  conflict: {
    title: (who: string) => `${who} saved this flow while you were changing it`,
    choose: 'Put both together',
    clean: 'The changes are apart from each other: both can stay.',
    clashes: (count: number) =>
      count === 1 ? 'One thing was changed by both: choose.' : `${count} things were changed by both: choose.`,
    theirChanges: (who: string) => `${who} changed`,
    myChanges: 'You changed',
    theirs: (who: string) => `As ${who} has it`,
    mine: 'As you have it',
    absent: 'Not there',
    removed: 'Removed',
    kept: 'Kept',
    wholeNode: 'the whole node',
    group: (title: string) => `The group “${title}”`,
    note: (start: string) => `The note “${start}”`,
    renamed: (name: string, to: string) => `Both added “${name}”; yours is now “${to}”.`,
    merge: 'Save both',
    onlyTheirs: 'Only theirs',
    onlyMine: 'Only mine',
    export: 'Export mine',
    undoHint: 'Undo brings back what you have now.',
  },
  file: {
    differs: (path: string) => `${path} differs from this draft.`,
    import: 'Import the file',
    export: 'Export the draft',
    imported: 'The file was taken over. Undo brings the former state back.',
    unreadable: 'The file is no flow',
  },
  canvas: {
    insertNeeds: 'Select one node, and the edge that it should stand in.',
    nothing: 'The clipboard holds no nodes. Copy some on a canvas, or the text of a flow file, and paste again.',
    unreadable: (reason: string) =>
      `The clipboard holds no nodes that can be read: ${reason}. Copy them again, all of the text.`,
    empty: 'The flow on the clipboard has no nodes, so there is nothing to paste.',
  },
  shortcuts: {
    title: 'Keyboard shortcuts',
    action: 'Keyboard shortcuts',
    groups: [
      {
        title: 'Go',
        rows: [
          { keys: ['Ctrl', 'K'], does: 'Search flows, orders, pages and actions' },
          { keys: ['/'], does: 'Search node types in the palette' },
          { keys: ['Tab'], does: 'To the next node, along the edges' },
          { keys: ['?'], does: 'Show this list' },
        ],
      },
      {
        title: 'Select',
        rows: [
          { keys: ['Enter'], does: 'Select the node or edge that has the focus; with Shift that one too' },
          { keys: ['Ctrl', 'A'], does: 'Select everything' },
          { keys: ['Shift', 'click'], does: 'Add to the selection, or take from it' },
          { keys: ['Shift', 'drag'], does: 'Select with a box' },
          { keys: ['Esc'], does: 'Select nothing' },
        ],
      },
      {
        title: 'Draw',
        rows: [
          { keys: ['N'], does: 'What comes next: a new node, or a node to join to' },
          { keys: ['R'], does: 'Replace the selected node by another type' },
          { keys: ['↑ ↓ ← →'], does: 'Move the selected nodes; with Shift further' },
          { keys: ['Alt', 'Shift', '↑ ↓ ← →'], does: 'Align the selected nodes at that side' },
          { keys: ['Alt', 'Shift', 'C'], does: 'Align their centres; with M their middles' },
          { keys: ['Alt', 'Shift', 'H'], does: 'Make their gaps equal from left to right; with V from top to bottom' },
          { keys: ['Alt', 'Shift', 'E'], does: 'Put the selected node into the selected edge' },
          { keys: ['Ctrl', 'G'], does: 'Group the selected nodes; with Shift take their group away' },
          { keys: ['Del'], does: 'Delete what is selected' },
          {
            keys: ['Alt', 'Shift', 'N'],
            does: 'Add a note; on its handle the arrows move it, with Shift change its size',
          },
        ],
      },
      {
        title: 'Copy',
        rows: [
          { keys: ['Ctrl', 'C'], does: 'Copy the selected nodes, also as text for a mail' },
          { keys: ['Ctrl', 'X'], does: 'Cut them' },
          { keys: ['Ctrl', 'V'], does: 'Paste nodes, or the text of a flow file' },
          { keys: ['Ctrl', 'D'], does: 'Duplicate the selected nodes' },
        ],
      },
      {
        title: 'Undo',
        rows: [
          { keys: ['Ctrl', 'Z'], does: 'Undo' },
          { keys: ['Ctrl', 'Shift', 'Z'], does: 'Redo' },
        ],
      },
    ],
  },
  ask: {
    next: 'What comes next?',
    join: 'Join to a node of this flow',
    replace: 'Replace by',
    dropped: (fields: readonly string[], edges: number) =>
      `Replaced. ${[
        fields.length > 0 ? `Settings that do not fit were dropped: ${fields.join(', ')}.` : '',
        edges > 0 ? `${plural(edges, 'edge')} had no handle any more.` : '',
      ]
        .filter(Boolean)
        .join(' ')} Undo brings all back.`,
  },
  empty: {
    title: 'Begin with a trigger',
    detail: 'A trigger starts the flow. Add one, or take a flow from a file.',
    import: 'Import a file',
  },
  run: {
    action: 'Run once',
    choose: 'Choose a sample',
    noSamples: 'Add a sample first',
    addSample: 'Add a sample',
    simulated: 'Effects are simulated',
    done: (status: string, duration: string) => `Run on trial: ${status} in ${duration}`,
    failed: (node: string) => `Failed at ${node}`,
    unsaved: 'The draft could not be saved, so it was not run.',
  },
  publish: {
    action: 'Publish',
    title: 'Publish a revision',
    message: 'What changed?',
    placeholder: 'For those who read the list of revisions',
    submit: 'Publish',
    invalid: (errors: number) => `${plural(errors, 'error')} in the way:`,
    unsaved: 'The draft could not be saved, so it was not published.',
    done: (revision: number) => `Published as revision ${revision}.`,
    unchanged: (revision: number) => `Nothing changed since revision ${revision}; it stays the newest.`,
  },
  deploy: {
    action: 'Deploy',
    forbidden: 'Your role does not deploy. Ask an analyst or operator.',
    showHooks: 'Show its hooks',
    done: (revision: number, env: string) => `Revision ${revision} is live in ${env}`,
    hook: 'Hook',
    curl: 'Try it',
    close: 'Done',
  },
  live: {
    nowhere: 'Deployed nowhere',
    revision: (revision: number) => `revision ${revision}`,
  },
  menu: {
    label: 'More',
    rename: 'Rename',
    duplicate: 'Duplicate',
    export: 'Export as file',
    import: 'Import a file',
    revisions: 'Revisions',
    remove: 'Delete',
  },
  rename: { title: 'Rename the flow', name: 'Name', submit: 'Rename' },
  duplicate: {
    title: 'Duplicate the flow',
    name: 'Name',
    id: 'Id',
    idHint: 'Small letters, digits and dashes; never changes.',
    submit: 'Duplicate',
    nameOf: (name: string) => `${name} (copy)`,
  },
  remove: {
    title: 'Delete the flow',
    effect: (name: string, revisions: number) =>
      `“${name}” is deleted with its draft and ${plural(revisions, 'revision')}. Its executions stay readable.`,
    verb: 'Delete',
  },
  revisions: {
    title: 'Revisions',
    none: 'Nothing published yet. Publish makes the first revision.',
    open: (revision: number) => `Open revision ${revision}`,
    shown: (revision: number) => `Revision ${revision}, read only`,
    backToDraft: 'Back to the draft',
    noMessage: 'No message',
    restore: 'Make it the draft',
    restored: (revision: number) => `The draft is as revision ${revision} now.`,
  },
  issues: {
    title: 'Issues',
    none: 'No issues',
    count: (errors: number, warnings: number) =>
      [errors > 0 ? plural(errors, 'error') : '', warnings > 0 ? plural(warnings, 'warning') : '']
        .filter(Boolean)
        .join(', '),
    goTo: (message: string) => `Go to: ${message}`,
    ofFlow: 'Flow',
    hide: 'Hide the issues',
  },
} as const;
