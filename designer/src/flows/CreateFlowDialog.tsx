import type { FlowTemplate } from '@crossdock/api-contract';
import { newFlow } from '@crossdock/flow-model';
import { Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { templateQuery, useCreateFlow } from '../api/index.ts';
import { flowTexts } from '../texts/index.ts';
import { FormDialog } from '../ui/index.ts';
import { useNameAndId } from './NameAndId.tsx';
import { TemplateList } from './templates/TemplateList.tsx';
import { TemplatePreview } from './templates/TemplatePreview.tsx';
import classes from './templates/templates.module.css';

/** Asks for a name and what to begin with, makes the flow, empty or of a template, and opens it. */
export function CreateFlowDialog({ onClose }: { onClose: () => void }) {
  const [template, setTemplate] = useState<FlowTemplate>();
  const naming = useNameAndId(template?.name ?? '');
  const [description, setDescription] = useState('');
  const client = useQueryClient();
  const create = useCreateFlow();
  const navigate = useNavigate();
  const make = useMutation({
    mutationFn: async () => {
      const said = description.trim();
      const { id, name } = naming;
      if (!template) return create.mutateAsync({ ...newFlow(id, name), ...(said ? { description: said } : {}) });
      const { flow } = await client.fetchQuery(templateQuery(template.id));
      return create.mutateAsync({ ...flow, id, name });
    },
    onSuccess: ({ flow }) => navigate({ to: '/flows/$flowId', params: { flowId: flow.id } }),
  });
  return (
    <FormDialog
      title={flowTexts.create.title}
      submit={flowTexts.create.submit}
      busy={make.isPending}
      error={make.error}
      onSubmit={() => {
        naming.touch();
        if (naming.ready) make.mutate();
      }}
      onClose={onClose}
      size={960}
    >
      <div className={classes.split}>
        <TemplateList chosen={template} offersEmpty onChoose={setTemplate} />
        <div className={classes.side}>
          {naming.fields}
          {template ? (
            <TemplatePreview template={template} />
          ) : (
            <Textarea
              label={flowTexts.fields.description}
              value={description}
              onChange={(event) => setDescription(event.currentTarget.value)}
              autosize
              minRows={2}
              maxRows={6}
            />
          )}
        </div>
      </div>
    </FormDialog>
  );
}
