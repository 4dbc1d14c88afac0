import { collapsePart } from '@crossdock/flow-model';
import { useMutation } from '@tanstack/react-query';
import { useCreateFlow } from '../api/index.ts';
import { placeNodes } from '../canvas/index.ts';
import { useNameAndId } from '../flows/NameAndId.tsx';
import { editorTexts } from '../texts/index.ts';
import { FormDialog, notifyDone } from '../ui/index.ts';
import { useEditor, useEditorContext } from './store/editor-context.tsx';
import { settled } from './store/edits.ts';

const texts = editorTexts.collapse;

/** Asks for the name of the flow that the selected nodes become, while that is asked for. */
export function CollapseDialog() {
  const nodeIds = useEditor((state) => state.collapsing);
  return nodeIds ? <Dialog nodeIds={nodeIds} /> : null;
}

function Dialog({ nodeIds }: { nodeIds: readonly string[] }) {
  const { store } = useEditorContext();
  const group = useEditor((state) =>
    state.flow.layout?.groups?.find(({ nodes }) => nodeIds.every((id) => nodes.includes(id))),
  );
  const naming = useNameAndId(group?.title ?? '');
  const create = useCreateFlow();
  const close = () => store.getState().askToCollapse(undefined);
  const collapse = useMutation({
    async mutationFn() {
      // The flow may have changed behind the dialog: what is created is what the call replaces.
      const { flow, manifests } = store.getState();
      const answer = collapsePart(flow, nodeIds, naming, manifests, placeNodes(flow));
      if (!answer.ok) throw new Error(answer.reason);
      await create.mutateAsync(answer.subFlow);
      store.getState().change(settled(flow, answer.change), { select: { nodeIds: [answer.callId], edgeIds: [] } });
    },
    onSuccess() {
      notifyDone(texts.done(naming.name));
      close();
    },
  });
  return (
    <FormDialog
      title={texts.title(nodeIds.length)}
      submit={texts.submit}
      busy={collapse.isPending}
      error={collapse.error}
      onSubmit={() => {
        naming.touch();
        if (naming.ready) collapse.mutate();
      }}
      onClose={close}
    >
      <p className="cd-dim">{texts.effect}</p>
      {naming.fields}
    </FormDialog>
  );
}
