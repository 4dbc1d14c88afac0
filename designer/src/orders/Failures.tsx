import type { OrderDetail, OrderFailure } from '@crossdock/api-contract';
import { Button } from '@mantine/core';
import { IconBan, IconHelpHexagon } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { sentence, useEnvironments, useMay, useReplayExecution, whatToDo } from '../api/index.ts';
import { orderTexts } from '../texts/index.ts';
import { askToConfirm, notifyDone, RelativeTime } from '../ui/index.ts';
import issues from './Issues.module.css';
import page from './OrderPage.module.css';

const t = orderTexts.failures;

/** What failed on the order's way, or waits for a decision; with its cause and what can be done. Nothing where nothing did. */
export function Failures({ order: { failures, env } }: { order: OrderDetail }) {
  if (failures.length === 0) return null;
  return (
    <section className={page.section} aria-label={t.title}>
      <h2 className={page.title}>{t.title}</h2>
      <ul className={issues.issues}>
        {failures.map((failure) => (
          <Failure key={failure.executionId} failure={failure} env={env} />
        ))}
      </ul>
    </section>
  );
}

function Failure({ failure, env }: { failure: OrderFailure; env: string }) {
  const { executionId, flowName, nodeName, nodeId, status, at, error } = failure;
  const mayReplay = useMay('executions:replay', env);
  const tone = useEnvironments().data?.find(({ name }) => name === env)?.tone ?? 'neutral';
  const { mutateAsync: replay } = useReplayExecution(executionId);
  const node = nodeName ?? nodeId ?? undefined;
  const Icon = status === 'failed' ? IconBan : IconHelpHexagon;
  const ask = () =>
    askToConfirm({
      title: t.replayTitle(flowName),
      effect: t.replayEffect(node),
      verb: t.replay,
      environment: { name: env, tone },
      run: async () => {
        await replay({ from: 'failed', revision: 'deployed', effects: 'same-keys' });
        notifyDone(t.replayed(flowName));
      },
    });
  return (
    <li className={issues.issue}>
      <span className={issues.head}>
        <Icon size={14} aria-hidden />
        <strong>{t[status](flowName, node)}</strong>
        <span className="cd-dim">
          <RelativeTime iso={at} />
        </span>
      </span>
      {error && (
        <span>
          {sentence(error.message)} {whatToDo(error)} <code>{error.code}</code>
        </span>
      )}
      <span className={issues.verbs}>
        <Button
          component={Link}
          to={`/executions/${executionId}`}
          size="compact-xs"
          variant="default"
          aria-label={status === 'failed' ? t.openOf(flowName) : t.decideOf(flowName)}
        >
          {status === 'failed' ? t.open : t.decide}
        </Button>
        {mayReplay && status === 'failed' && (
          <Button size="compact-xs" variant="default" onClick={ask}>
            {t.replay}
          </Button>
        )}
      </span>
    </li>
  );
}
