import { lintMapping, type Span } from '@crossdock/mapping';
import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { CodeEditorProps } from './code-editor-props.ts';
import { findingMarkers, setMappingShapes } from './jsonata-knowledge.ts';
import { JSONATA } from './jsonata-language.ts';
import { monaco } from './monaco.ts';

const OPTIONS = {
  automaticLayout: true,
  minimap: { enabled: false },
  fontFamily: 'JetBrains Mono Variable, ui-monospace, monospace',
  fontSize: 12,
  lineHeight: 18,
  tabSize: 2,
  insertSpaces: true,
  scrollBeyondLastLine: false,
  smoothScrolling: false,
  wordWrap: 'on',
  wrappingIndent: 'same',
  renderLineHighlight: 'line',
  lineNumbersMinChars: 3,
  folding: true,
  fixedOverflowWidgets: true,
  acceptSuggestionOnCommitCharacter: false,
  quickSuggestions: { other: true, strings: false, comments: false },
  wordBasedSuggestions: 'off',
  overviewRulerBorder: false,
  overviewRulerLanes: 0,
  hideCursorInOverviewRuler: true,
  scrollbar: { alwaysConsumeMouseWheel: false, verticalScrollbarSize: 10, horizontalScrollbarSize: 10 },
  padding: { top: 6, bottom: 6 },
  contextmenu: true,
} satisfies monaco.editor.IStandaloneEditorConstructionOptions;

const COMPACT = {
  lineNumbers: 'off',
  // A field of a form is left by Tab like any other.
  tabFocusMode: true,
  folding: false,
  glyphMargin: false,
  lineDecorationsWidth: 6,
  lineNumbersMinChars: 0,
  renderLineHighlight: 'none',
} satisfies monaco.editor.IStandaloneEditorConstructionOptions;

/** Monaco itself; loaded only when an editor is shown. Use `CodeEditor`. */
export function MonacoEditor(props: CodeEditorProps) {
  const { value, language, label, compact = false, readOnly = false, problem, shapes, reveal, lit } = props;
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<monaco.editor.IStandaloneCodeEditor>(undefined);
  /** Texts told by `onChange` that have not come back as `value` yet. */
  const told = useRef<string[]>([]);
  const isTakingOver = useRef(false);
  const latest = useRef(props);
  latest.current = props;
  const dark = useComputedColorScheme('light') === 'dark';

  useEffect(() => {
    if (!host.current) return;
    const model = monaco.editor.createModel(latest.current.value, language);
    const made = monaco.editor.create(host.current, {
      ...OPTIONS,
      ...(compact ? COMPACT : {}),
      model,
      ariaLabel: label,
    });
    editor.current = made;
    const listening = model.onDidChangeContent(() => {
      if (isTakingOver.current) return;
      const text = model.getValue();
      told.current.push(text);
      latest.current.onChange?.(text);
    });
    return () => {
      editor.current = undefined;
      listening.dispose();
      made.dispose();
      model.dispose();
    };
  }, [language, label, compact]);

  useEffect(() => {
    monaco.editor.setTheme(dark ? 'crossdock-dark' : 'crossdock-light');
  }, [dark]);

  useEffect(() => {
    editor.current?.updateOptions({ readOnly, domReadOnly: readOnly });
  }, [readOnly]);

  useEffect(() => {
    const model = editor.current?.getModel();
    if (!model || model.getValue() === value) {
      told.current = [];
      return;
    }
    // An echo of what was typed here may come after more was typed, which it must not take back.
    const echo = told.current.indexOf(value);
    told.current = told.current.slice(echo + 1);
    if (echo >= 0) return;
    // An undo of the flow or someone else's save; as an edit, so that Monaco keeps cursor and folding.
    told.current = [];
    isTakingOver.current = true;
    model.pushEditOperations([], [{ range: model.getFullModelRange(), text: value }], () => null);
    isTakingOver.current = false;
  }, [value]);

  useEffect(() => {
    const model = editor.current?.getModel();
    if (!model) return;
    monaco.editor.setModelMarkers(model, 'crossdock', problem ? [markerOf(model, problem)] : []);
  }, [problem]);

  useEffect(() => {
    const model = editor.current?.getModel();
    if (!model || language !== JSONATA || readOnly) return;
    monaco.editor.setModelMarkers(model, 'lint', findingMarkers(model, lintMapping(value, shapes)));
  }, [value, shapes, language, readOnly]);

  useEffect(() => {
    const model = editor.current?.getModel();
    if (!model || language !== JSONATA) return;
    return setMappingShapes(model.uri.toString(), shapes);
  }, [shapes, language]);

  useEffect(() => {
    const model = editor.current?.getModel();
    if (!model || !reveal) return;
    const position = model.getPositionAt(reveal.position ?? 0);
    editor.current?.setPosition(position);
    editor.current?.revealPositionInCenterIfOutsideViewport(position);
    editor.current?.focus();
  }, [reveal]);

  useEffect(() => {
    const model = editor.current?.getModel();
    if (!model || !lit || lit.length === 0) return;
    const shown = editor.current?.createDecorationsCollection(lit.map((span) => litSpan(model, span)));
    return () => shown?.clear();
  }, [lit]);

  return <div ref={host} className="cd-monaco" />;
}

function litSpan(model: monaco.editor.ITextModel, { from, to }: Span): monaco.editor.IModelDeltaDecoration {
  const [start, end] = [model.getPositionAt(from), model.getPositionAt(to)];
  return { range: monaco.Range.fromPositions(start, end), options: { inlineClassName: 'cd-lit' } };
}

function markerOf(
  model: monaco.editor.ITextModel,
  problem: { message: string; position: number },
): monaco.editor.IMarkerData {
  const at = model.getPositionAt(problem.position);
  const word = model.getWordAtPosition(at);
  const startColumn = word?.startColumn ?? at.column;
  return {
    severity: monaco.MarkerSeverity.Error,
    message: problem.message,
    startLineNumber: at.lineNumber,
    startColumn,
    endLineNumber: at.lineNumber,
    endColumn: word?.endColumn ?? startColumn + 1,
  };
}
