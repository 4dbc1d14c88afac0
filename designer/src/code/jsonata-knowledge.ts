import {
  type Completion,
  completionsAt,
  type Finding,
  hoverAt,
  lintMapping,
  type MappingShapes,
  signatureHelpAt,
} from '@crossdock/mapping';
import * as monaco from 'monaco-editor/editor/editor.api';

const known = new Map<string, MappingShapes>();

/** What is known around the mapping in an editor; by the address of its model. */
export function setMappingShapes(modelUri: string, shapes: MappingShapes | undefined): () => void {
  known.set(modelUri, shapes ?? {});
  return () => known.delete(modelUri);
}

const shapesOf = (model: monaco.editor.ITextModel): MappingShapes => known.get(model.uri.toString()) ?? {};

/** Completion, hover, help with calls and quick fixes, for Monaco to register for JSONata. */
export const jsonataCompletion: monaco.languages.CompletionItemProvider = {
  triggerCharacters: ['.', '$', '"', "'", '`', '[', '{'],
  provideCompletionItems(model, position) {
    const source = model.getValue();
    const completions = completionsAt(source, model.getOffsetAt(position), shapesOf(model));
    return { suggestions: completions.map((completion, rank) => itemOf(model, completion, rank)) };
  },
};

export const jsonataHover: monaco.languages.HoverProvider = {
  provideHover(model, position) {
    const hover = hoverAt(model.getValue(), model.getOffsetAt(position), shapesOf(model));
    if (!hover) return null;
    const code = [hover.type, hover.example].filter((text) => text !== undefined);
    return {
      range: rangeOf(model, hover),
      contents: [
        ...code.map((text) => ({ value: `\`\`\`jsonata\n${text}\n\`\`\`` })),
        ...(hover.documentation === undefined ? [] : [{ value: hover.documentation }]),
      ],
    };
  },
};

export const jsonataSignatures: monaco.languages.SignatureHelpProvider = {
  signatureHelpTriggerCharacters: ['(', ','],
  provideSignatureHelp(model, position) {
    const help = signatureHelpAt(model.getValue(), model.getOffsetAt(position), shapesOf(model));
    if (!help) return null;
    const { label, documentation, parameters, active } = help;
    const signature: monaco.languages.SignatureInformation = {
      label,
      ...(documentation === undefined ? {} : { documentation: { value: documentation } }),
      parameters: parameters.map(({ from, to, type, documentation: about }) => ({
        label: [from, to],
        documentation: { value: about === undefined ? `\`${type}\`` : `\`${type}\`  ${about}` },
      })),
    };
    const activeParameter = active ?? parameters.length;
    return { value: { signatures: [signature], activeSignature: 0, activeParameter }, dispose: () => undefined };
  },
};

export const jsonataFixes: monaco.languages.CodeActionProvider = {
  provideCodeActions(model, range, context) {
    const findings = lintMapping(model.getValue(), shapesOf(model));
    const actions = findings
      .filter((finding) => monaco.Range.areIntersectingOrTouching(rangeOf(model, finding), range))
      // What is meant is rather the small thing under the cursor than what it stands in.
      .sort((a, b) => a.to - a.from - (b.to - b.from))
      .flatMap((finding, at) => actionsFor(model, finding, context.markers, at === 0));
    return { actions, dispose: () => undefined };
  },
};

/** What lint finds, as marks in the text. */
export function findingMarkers(
  model: monaco.editor.ITextModel,
  findings: readonly Finding[],
): monaco.editor.IMarkerData[] {
  const { Error: error, Warning: warning, Info: hint } = monaco.MarkerSeverity;
  return findings.map((finding) => ({
    severity: { error, warning, hint }[finding.severity],
    message: finding.message,
    code: finding.code,
    ...rangeOf(model, finding),
    ...(finding.code.startsWith('UNUSED_') ? { tags: [monaco.MarkerTag.Unnecessary] } : {}),
  }));
}

function actionsFor(
  model: monaco.editor.ITextModel,
  finding: Finding,
  markers: readonly monaco.editor.IMarkerData[],
  isNearest: boolean,
): monaco.languages.CodeAction[] {
  const diagnostics = markers.filter(({ code }) => code === finding.code);
  return finding.fixes.map(({ title, edits }, at) => ({
    title,
    kind: 'quickfix',
    diagnostics,
    isPreferred: isNearest && at === 0,
    edit: {
      edits: edits.map((edit) => ({
        resource: model.uri,
        versionId: model.getVersionId(),
        textEdit: { range: rangeOf(model, edit), text: edit.insert },
      })),
    },
  }));
}

function itemOf(
  model: monaco.editor.ITextModel,
  completion: Completion,
  rank: number,
): monaco.languages.CompletionItem {
  const { kind, label, type, detail, documentation, insert, snippet } = completion;
  const isFunction = kind === 'function';
  return {
    label: isFunction ? label : { label, description: detail ?? type },
    kind: monaco.languages.CompletionItemKind[KINDS[kind]],
    detail: isFunction && detail !== undefined ? detail : type,
    ...(documentation === undefined ? {} : { documentation: { value: documentation } }),
    insertText: snippet ?? insert,
    ...(snippet === undefined
      ? {}
      : { insertTextRules: monaco.languages.CompletionItemInsertTextRule.InsertAsSnippet }),
    // What is typed of an odd name begins with its backtick.
    filterText: insert.startsWith('`') && model.getValue().charAt(completion.from) === '`' ? insert : label,
    sortText: String(rank).padStart(4, '0'),
    range: rangeOf(model, completion),
  };
}

const KINDS = {
  field: 'Field',
  variable: 'Variable',
  function: 'Function',
  keyword: 'Keyword',
  value: 'Value',
  key: 'Property',
} as const satisfies Record<Completion['kind'], keyof typeof monaco.languages.CompletionItemKind>;

function rangeOf(model: monaco.editor.ITextModel, { from, to }: { from: number; to: number }): monaco.Range {
  return monaco.Range.fromPositions(model.getPositionAt(from), model.getPositionAt(to));
}
