import * as monaco from 'monaco-editor/editor/editor.api';
// All of them: single ones leave services out that others ask for.
import 'monaco-editor/features/register.all';
import editorWorker from 'monaco-editor/editor/editor.worker?worker';
import jsonWorker from 'monaco-editor/language/json/json.worker?worker';
import { jsonDefaults } from 'monaco-editor/languages/features/json/register';
import { jsonataCompletion, jsonataFixes, jsonataHover, jsonataSignatures } from './jsonata-knowledge.ts';
import { JSONATA, jsonataConfiguration, jsonataTokens } from './jsonata-language.ts';

// Monaco looks for its workers here; without it, it would try a blob URL, which the content policy refuses.
self.MonacoEnvironment = {
  getWorker: (_id, label) => (label === 'json' ? new jsonWorker() : new editorWorker()),
};

// A schema's own `$schema` is an address that the content policy lets nobody load.
jsonDefaults.setDiagnosticsOptions({
  validate: true,
  allowComments: false,
  enableSchemaRequest: false,
  schemaRequest: 'ignore',
  schemas: [],
});

monaco.languages.register({ id: JSONATA, extensions: ['.jsonata'] });
monaco.languages.setLanguageConfiguration(JSONATA, jsonataConfiguration);
monaco.languages.setMonarchTokensProvider(JSONATA, jsonataTokens);
monaco.languages.registerCompletionItemProvider(JSONATA, jsonataCompletion);
monaco.languages.registerHoverProvider(JSONATA, jsonataHover);
monaco.languages.registerSignatureHelpProvider(JSONATA, jsonataSignatures);
monaco.languages.registerCodeActionProvider(JSONATA, jsonataFixes);

const LIGHT = { key: '4a3fb5', string: '17693a', number: '1a5fd0', atom: '93450a', dim: '6d6f7c', name: '1b1c21' };
const DARK = { key: 'a9acff', string: '7fd3a0', number: '7db2ff', atom: 'f0a96b', dim: '8f919e', name: 'ececf0' };

defineTheme('crossdock-light', 'vs', LIGHT, {
  'editor.background': '#ffffff',
  'editorGutter.background': '#ffffff',
  'editorLineNumber.foreground': '#6d6f7c',
  'editor.lineHighlightBackground': '#f6f6f8',
});
defineTheme('crossdock-dark', 'vs-dark', DARK, {
  'editor.background': '#1a1b20',
  'editorGutter.background': '#1a1b20',
  'editorLineNumber.foreground': '#8f919e',
  'editor.lineHighlightBackground': '#202228',
});

function defineTheme(
  name: string,
  base: 'vs' | 'vs-dark',
  tone: typeof LIGHT,
  colors: Readonly<Record<string, string>>,
): void {
  monaco.editor.defineTheme(name, {
    base,
    inherit: true,
    rules: [
      { token: 'string', foreground: tone.string },
      { token: 'string.key.json', foreground: tone.key },
      { token: 'string.value.json', foreground: tone.string },
      { token: 'string.escape', foreground: tone.atom },
      { token: 'number', foreground: tone.number },
      { token: 'constant', foreground: tone.atom },
      { token: 'keyword', foreground: tone.atom },
      { token: 'regexp', foreground: tone.atom },
      { token: 'function', foreground: tone.key },
      { token: 'variable', foreground: tone.key, fontStyle: 'bold' },
      { token: 'identifier.field', foreground: tone.name },
      { token: 'operator', foreground: tone.dim },
      { token: 'comment', foreground: tone.dim, fontStyle: 'italic' },
    ],
    colors,
  });
}

export { monaco };
