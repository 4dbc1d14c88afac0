import type { FlowTemplate, FlowTemplateDetail } from '@crossdock/api-contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { templateQuery } from '../../api/index.ts';
import { flowTexts } from '../../texts/index.ts';
import { FormDialog } from '../../ui/index.ts';
import { TemplateList } from './TemplateList.tsx';
import { TemplatePreview } from './TemplatePreview.tsx';
import classes from './templates.module.css';

/** Has a template chosen, and gives it with its document. */
export function TemplateDialog(props: { onUse: (template: FlowTemplateDetail) => void; onClose: () => void }) {
  const [template, setTemplate] = useState<FlowTemplate>();
  const client = useQueryClient();
  const use = useMutation({
    mutationFn: (templateId: string) => client.fetchQuery(templateQuery(templateId)),
    onSuccess: (read) => {
      props.onClose();
      props.onUse(read);
    },
  });
  return (
    <FormDialog
      title={flowTexts.templates.title}
      submit={flowTexts.templates.use}
      busy={use.isPending}
      error={use.error}
      disabled={!template}
      onSubmit={() => template && use.mutate(template.id)}
      onClose={props.onClose}
      size={960}
    >
      <div className={classes.split}>
        <TemplateList chosen={template} offersEmpty={false} onChoose={setTemplate} />
        <div className={classes.side}>
          {template ? (
            <TemplatePreview template={template} />
          ) : (
            <p className={classes.hint}>{flowTexts.templates.chooseOne}</p>
          )}
        </div>
      </div>
    </FormDialog>
  );
}
