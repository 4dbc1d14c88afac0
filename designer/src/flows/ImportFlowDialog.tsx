import { FileButton, Radio } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { flowQuery, useCreateFlow, useFlows, useNodeTypes, useSaveFlow } from '../api/index.ts';
import { flowTexts } from '../texts/index.ts';
import { ErrorState, FormDialog, notifyDone, RelativeTime, Skeleton } from '../ui/index.ts';
import { FileDropZone } from './FileDropZone.tsx';
import { FlowFileSummary } from './FlowFileSummary.tsx';
import classes from './ImportFlowDialog.module.css';
import { useNameAndId } from './NameAndId.tsx';
import type { FlowFile } from './read-flow-file.ts';

const t = flowTexts.import;

/** Takes a flow file, shows what is in it and what is wrong, and makes a draft of it. */
export function ImportFlowDialog(props: {
  /** A file that was dropped on the page already. */
  file: File | undefined;
  onClose: () => void;
}) {
  const { onClose } = props;
  const [file, setFile] = useState(props.file);
  const nodeTypes = useNodeTypes().data;
  const read = useQuery({
    queryKey: ['flow-file', file?.name, file?.size, file?.lastModified],
    queryFn: async () => {
      const { readFlowFile } = await import('./read-flow-file.ts');
      return readFlowFile(await file!.text(), nodeTypes!);
    },
    enabled: file !== undefined && nodeTypes !== undefined,
    gcTime: 0,
  });
  if (read.data?.kind === 'flow' && file)
    return <ImportForm key={file.name} read={read.data} onOther={setFile} onClose={onClose} />;
  return (
    <FormDialog
      title={t.title}
      submit={t.submit}
      busy={false}
      disabled
      onSubmit={() => undefined}
      onClose={onClose}
      size={560}
    >
      {file === undefined ? (
        <Picker onFile={setFile} />
      ) : read.data ? (
        <>
          <FlowFileSummary file={read.data} />
          <OtherFile onFile={setFile} />
        </>
      ) : read.error ? (
        <ErrorState error={read.error} />
      ) : (
        <Skeleton rows={4} />
      )}
    </FormDialog>
  );
}

function ImportForm({
  read,
  onOther,
  onClose,
}: {
  read: FlowFile & { kind: 'flow' };
  onOther: (file: File) => void;
  onClose: () => void;
}) {
  const { flow } = read;
  const existing = useFlows().data?.find(({ id }) => id === flow.id);
  const [how, setHow] = useState<'copy' | 'replace'>('copy');
  const naming = useNameAndId(
    existing ? flowTexts.duplicate.copyOf(flow.name) : flow.name,
    existing ? undefined : flow.id,
  );
  const client = useQueryClient();
  const navigate = useNavigate();
  const create = useCreateFlow();
  const save = useSaveFlow(flow.id);
  const replaces = existing !== undefined && how === 'replace';
  const bring = useMutation({
    mutationFn: async () => {
      if (!replaces) return create.mutateAsync({ ...flow, id: naming.id, name: naming.name });
      const { etag } = await client.fetchQuery({ ...flowQuery(flow.id), staleTime: 0 });
      return save.mutateAsync({ flow, etag });
    },
    onSuccess: (draft) => {
      notifyDone(t.done(draft.flow.name));
      onClose();
      void navigate({ to: '/flows/$flowId', params: { flowId: draft.flow.id } });
    },
  });
  return (
    <FormDialog
      title={t.title}
      submit={t.submit}
      busy={bring.isPending}
      error={bring.error}
      disabled={!replaces && !naming.ready}
      onSubmit={() => bring.mutate()}
      onClose={onClose}
      size={560}
    >
      <FlowFileSummary file={read} />
      {existing && (
        <Radio.Group
          label={t.how}
          description={
            <>
              {t.exists(existing.name)} <RelativeTime iso={existing.updatedAt} />
            </>
          }
          value={how}
          onChange={(next) => setHow(next as 'copy' | 'replace')}
        >
          <div className={classes.choices}>
            <Radio value="copy" label={t.asCopy} />
            <Radio value="replace" label={t.replace} description={t.replaceHint} />
          </div>
        </Radio.Group>
      )}
      {!replaces && naming.fields}
      <OtherFile onFile={onOther} />
    </FormDialog>
  );
}

function Picker({ onFile }: { onFile: (file: File) => void }) {
  return (
    <FileDropZone hint={flowTexts.list.drop} onFile={onFile} className={classes.picker}>
      <p>
        {t.drop}{' '}
        <FileButton onChange={(file) => file && onFile(file)} accept="application/json,.json">
          {(props) => (
            <button type="button" className={classes.choose} {...props}>
              {t.choose}
            </button>
          )}
        </FileButton>
      </p>
      <p className="cd-dim">{t.hint}</p>
    </FileDropZone>
  );
}

function OtherFile({ onFile }: { onFile: (file: File) => void }) {
  return (
    <FileButton onChange={(file) => file && onFile(file)} accept="application/json,.json">
      {(props) => (
        <button type="button" className={classes.choose} {...props}>
          {t.other}
        </button>
      )}
    </FileButton>
  );
}
