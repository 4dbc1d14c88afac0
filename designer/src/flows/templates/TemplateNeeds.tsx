import type { FlowTemplate } from '@crossdock/api-contract';
import { IconAlertTriangle, IconCircleCheck, IconCircleDashed, type TablerIcon } from '@tabler/icons-react';
import { useConnections, useFlows, useVariables } from '../../api/index.ts';
import { useEnvironment } from '../../app/use-environment.ts';
import { flowTexts } from '../../texts/index.ts';
import { Skeleton } from '../../ui/index.ts';
import { type NeedState, needStates } from './need-states.ts';
import classes from './templates.module.css';

const t = flowTexts.templates;
const ICONS: Readonly<Record<NeedState['state'], TablerIcon>> = {
  there: IconCircleCheck,
  absent: IconAlertTriangle,
  unlike: IconAlertTriangle,
  optional: IconCircleDashed,
};

/** What has to be in the person's environment before a flow made of the template works there, and what of it is there. */
export function TemplateNeeds({ needs }: { needs: FlowTemplate['needs'] }) {
  const { environment } = useEnvironment();
  const connections = useConnections().data;
  const variables = useVariables(environment.name).data;
  const flows = useFlows().data;
  if (Object.values(needs).every((each) => each.length === 0)) return <p className="cd-dim">{t.needsNothing}</p>;
  if (!connections || !variables || !flows) return <Skeleton rows={2} />;
  return (
    <section aria-label={t.needs(environment.name)} className={classes.needs}>
      <h3>{t.needs(environment.name)}</h3>
      <ul>
        {needStates(needs, environment.name, { connections, variables, flows }).map(({ kind, name, state }) => {
          const Icon = ICONS[state];
          return (
            <li key={`${kind} ${name}`} data-state={state}>
              <Icon size={16} stroke={1.5} aria-hidden />
              <span>
                {t.kinds[kind]} <code>{name}</code>
              </span>
              <span className={classes.state}>{t.states[state]}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
