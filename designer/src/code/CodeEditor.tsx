import { Loader } from '@mantine/core';
import { lazy, Suspense } from 'react';
import type { CodeEditorProps } from './code-editor-props.ts';
import './code-editor.css';

const MonacoEditor = lazy(async () => ({ default: (await import('./MonacoEditor.tsx')).MonacoEditor }));

/** An editor for JSONata or JSON that fills its container, or is `height` high. */
export function CodeEditor({ height, testId, ...props }: CodeEditorProps & { height?: number; testId?: string }) {
  // `nokey`: else React Flow takes the space bar for its own.
  return (
    <div className="cd-code nokey" data-testid={testId} style={height === undefined ? undefined : { height }}>
      <Suspense fallback={<Loader className="cd-code-loading" />}>
        <MonacoEditor {...props} />
      </Suspense>
    </div>
  );
}
