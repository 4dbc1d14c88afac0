import type { FlowRow } from '@crossdock/api-contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { flowQuery, useCreateFlow } from '../api/index.ts';
import { flowTexts } from '../texts/index.ts';
import { FormDialog, notifyDone } from '../ui/index.ts';
import { useNameAndId } from './NameAndId.tsx';

/** Makes a new flow of a draft's content; revisions and deployments stay with the original. */
export function DuplicateFlowDialog({ flow, onClose }: { flow: FlowRow; onClose: () => void }) {
  const naming = useNameAndId(flowTexts.duplicate.copyOf(flow.name));
  const client = useQueryClient();
  const create = useCreateFlow();
  const duplicate = useMutation({
    mutationFn: async () => {
      const draft = await client.fetchQuery({ ...flowQuery(flow.id), staleTime: 0 });
      return create.mutateAsync({ ...draft.flow, id: naming.id, name: naming.name });
    },
    onSuccess: () => {
      notifyDone(flowTexts.duplicate.done(naming.name));
      onClose();
    },
  });
  return (
    <FormDialog
      title={flowTexts.duplicate.title(flow.name)}
      submit={flowTexts.duplicate.submit}
      busy={duplicate.isPending}
      error={duplicate.error}
      onSubmit={() => {
        naming.touch();
        if (naming.ready) duplicate.mutate();
      }}
      onClose={onClose}
    >
      {naming.fields}
    </FormDialog>
  );
}
