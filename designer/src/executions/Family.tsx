import type { ExecutionDetail } from '@crossdock/api-contract';
import { Link } from '@tanstack/react-router';
import { Fragment } from 'react';
import { executionTexts } from '../texts/index.ts';
import { Fact } from './Fact.tsx';

const t = executionTexts.page;
const SHOWN_REPLAYS = 3;

/** The executions that one came from, and those that came of it. */
export function Family({ execution }: { execution: ExecutionDetail }) {
  const { executionId, replayOf, parentId, children = 0, replays = [] } = execution;
  const newest = replays.slice(-SHOWN_REPLAYS).toReversed();
  return (
    <>
      {replayOf && (
        <Fact label={t.replayOf}>
          <ExecutionLink id={replayOf} />
        </Fact>
      )}
      {parentId && (
        <Fact label={t.startedBy}>
          <ExecutionLink id={parentId} />
        </Fact>
      )}
      {children > 0 && (
        <Fact label={t.parts}>
          <Link to="/executions" search={{ parent: executionId }} className="cd-link">
            {t.children(children)}
          </Link>
        </Fact>
      )}
      {newest.length > 0 && (
        <Fact label={t.replayedAs}>
          {newest.map((id, at) => (
            <Fragment key={id}>
              {at > 0 && ', '}
              <ExecutionLink id={id} />
            </Fragment>
          ))}
          {replays.length > newest.length && ` ${t.moreReplays(replays.length - newest.length)}`}
        </Fact>
      )}
    </>
  );
}

export function ExecutionLink({ id }: { id: string }) {
  return (
    <Link to="/executions/$executionId" params={{ executionId: id }} className="cd-link" title={id}>
      <code>
        {id.slice(0, 8)}…{id.slice(-6)}
      </code>
    </Link>
  );
}
