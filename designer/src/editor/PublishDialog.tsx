import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { usePublishFlow, useRevisions } from '../api/index.ts';
import { editorTexts } from '../texts/index.ts';
import { FormDialog, notifyDone } from '../ui/index.ts';
import { useEditor, useEditorContext } from './store/editor-context.tsx';
import { nodeNameOf, placeOf } from './store/issues.ts';

const texts = editorTexts.publish;
const MOST_ISSUES = 8;

/** Makes a revision of the draft. Errors stand in the way, and are listed here with a way to each. */
export function PublishDialog({ onClose }: { onClose: () => void }) {
  const { store, saver, issues } = useEditorContext();
  const flow = useEditor((state) => state.flow);
  const manifests = useEditor((state) => state.manifests);
  const [message, setMessage] = useState('');
  const [failure, setFailure] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const revisions = useRevisions(flow.id);
  const publish = usePublishFlow(flow.id);
  const errors = issues.filter(({ severity }) => severity === 'error');

  const submit = async () => {
    setBusy(true);
    setFailure(undefined);
    try {
      if (!(await saver.flush())) throw new Error(texts.unsaved);
      const newest = (await revisions.refetch()).data?.[0]?.revision;
      const { revision } = await publish.mutateAsync(message.trim());
      notifyDone(revision === newest ? texts.unchanged(revision) : texts.done(revision));
      onClose();
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(false);
    }
  };

  return (
    <FormDialog
      title={texts.title}
      submit={texts.submit}
      busy={busy}
      error={failure}
      disabled={errors.length > 0}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <Textarea
        label={texts.message}
        placeholder={texts.placeholder}
        value={message}
        maxLength={2000}
        autosize
        minRows={3}
        maxRows={8}
        data-autofocus
        onChange={(event) => setMessage(event.currentTarget.value)}
      />
      {errors.length > 0 ? (
        <div className="cd-publish-issues" role="alert">
          <p>{texts.invalid(errors.length)}</p>
          <ul>
            {errors.slice(0, MOST_ISSUES).map((issue) => (
              <li key={`${issue.code} ${issue.path}`}>
                <button
                  type="button"
                  onClick={() => {
                    const { nodeId, tab, path } = placeOf(issue, flow, manifests);
                    store.getState().jumpTo(nodeId, tab, path, issue.position);
                    onClose();
                  }}
                >
                  <b>{nodeNameOf(issue.nodeId, flow, manifests) ?? editorTexts.issues.ofFlow}</b> {issue.message}
                </button>
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </FormDialog>
  );
}
