import type { languages } from 'monaco-editor/editor/editor.api';

export const JSONATA = 'jsonata';

/** Brackets, comments and auto-closing of JSONata. */
export const jsonataConfiguration: languages.LanguageConfiguration = {
  comments: { blockComment: ['/*', '*/'] },
  brackets: [
    ['{', '}'],
    ['[', ']'],
    ['(', ')'],
  ],
  autoClosingPairs: [
    { open: '{', close: '}' },
    { open: '[', close: ']' },
    { open: '(', close: ')' },
    { open: '"', close: '"', notIn: ['string', 'comment'] },
    { open: "'", close: "'", notIn: ['string', 'comment'] },
    { open: '`', close: '`', notIn: ['string', 'comment'] },
  ],
  surroundingPairs: [
    { open: '{', close: '}' },
    { open: '[', close: ']' },
    { open: '(', close: ')' },
    { open: '"', close: '"' },
    { open: "'", close: "'" },
  ],
  wordPattern: /\$?[A-Za-z_][\w]*|\$+|-?\d+(?:\.\d+)?/,
};

/** How JSONata is coloured. A slash begins a regular expression only where an operand may stand, as in JSONata's own tokenizer. */
export const jsonataTokens: languages.IMonarchLanguage = {
  defaultToken: '',
  keywords: ['and', 'or', 'in', 'function'],
  constants: ['true', 'false', 'null'],
  tokenizer: {
    root: [
      [/\/\*/, 'comment', '@comment'],
      [/(^|[(,{[:=~>?&|])(\s*)(\/(?!\*)(?:[^/\\\n]|\\.)+\/[im]*)/, ['delimiter', 'white', 'regexp']],
      [/"/, 'string', '@double'],
      [/'/, 'string', '@single'],
      [/`[^`]*`/, 'identifier.field'],
      [/-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/, 'number'],
      [/\$[A-Za-z_]\w*(?=\s*\()/, 'function'],
      [/\$+[A-Za-z_]\w*|\$+/, 'variable'],
      [/λ/, 'keyword'],
      [/[A-Za-z_]\w*/, { cases: { '@keywords': 'keyword', '@constants': 'constant', '@default': 'identifier.field' } }],
      [/:=|!=|<=|>=|~>|\*\*|\.\.|\?\?|\?:|[-+*/%&=<>?:^|#@.!~]/, 'operator'],
      [/[{}()[\]]/, '@brackets'],
      [/[,;]/, 'delimiter'],
    ],
    comment: [
      [/[^*]+/, 'comment'],
      [/\*\//, 'comment', '@pop'],
      [/\*/, 'comment'],
    ],
    double: [
      [/[^"\\]+/, 'string'],
      [/\\./, 'string.escape'],
      [/"/, 'string', '@pop'],
    ],
    single: [
      [/[^'\\]+/, 'string'],
      [/\\./, 'string.escape'],
      [/'/, 'string', '@pop'],
    ],
  },
};
