import type { FlowTemplate } from '@crossdock/api-contract';
import { useTemplate } from '../../api/index.ts';
import { FlowPicture } from '../../canvas/FlowPicture.tsx';
import { Markdown } from '../../help/Markdown.tsx';
import { flowTexts } from '../../texts/index.ts';
import { ErrorState, Skeleton } from '../../ui/index.ts';
import { TemplateNeeds } from './TemplateNeeds.tsx';
import classes from './templates.module.css';
import { useManifests } from './use-manifests.ts';

const t = flowTexts.templates;

/** A template as one looks at it before taking it: its picture, what it needs, what it brings along and its page. */
export function TemplatePreview({ template }: { template: FlowTemplate }) {
  const manifests = useManifests();
  const { data, error, refetch } = useTemplate(template.id);
  return (
    <section className={classes.preview} aria-label={t.about(template.name)}>
      {data ? (
        <div className={classes.picture}>
          <FlowPicture flow={data.flow} manifests={manifests} label={t.picture(data.flow.nodes.length)} />
        </div>
      ) : error ? null : (
        <Skeleton rows={3} />
      )}
      <p>{t.brings(template.samples, template.tests)}</p>
      <TemplateNeeds needs={template.needs} />
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {data ? <Markdown text={data.readme || template.summary} /> : null}
    </section>
  );
}
