import type { ConnectionCheck } from '@crossdock/api-contract';
import { IconCircleCheck, IconCircleX, IconLoader2 } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { sentence } from '../api/index.ts';
import { connectionTexts, egressTexts, uiTexts } from '../texts/index.ts';
import { RelativeTime } from '../ui/index.ts';
import classes from './connections.module.css';

const t = connectionTexts;

/** What a check saw: that it works, or what is wrong and what to do. */
export function CheckResult({
  check,
  env,
  pending,
}: {
  check: ConnectionCheck | undefined;
  env: string;
  pending: boolean;
}) {
  const place = useRef<HTMLDivElement>(null);
  const seen = pending ? 'pending' : check?.at;
  useEffect(() => {
    if (seen !== undefined) place.current?.scrollIntoView({ block: 'nearest' });
  }, [seen]);
  if (pending || !check)
    return (
      <div ref={place} className={classes.result} role="status">
        <IconLoader2 size={16} aria-hidden />
        <span>{t.checking}</span>
      </div>
    );
  const { ok, latencyMs, message, fix, code, at } = check;
  return (
    <div ref={place} className={classes.result} data-ok={ok} role="status">
      {ok ? (
        <IconCircleCheck size={16} className={classes.good} aria-hidden />
      ) : (
        <IconCircleX size={16} className={classes.bad} aria-hidden />
      )}
      <div>
        <strong>{ok ? t.checkOk(latencyMs) : t.checkFailed}</strong> {sentence(message)} {fix}
        {code === 'CONFIG_EGRESS_BLOCKED' && (
          <div>
            <Link to="/connections" search={{ tab: 'private-hosts', env }} className="cd-link">
              {egressTexts.link(env)}
            </Link>
          </div>
        )}
        <div className="cd-dim">
          <RelativeTime iso={at} />
          {code !== null && ` · ${uiTexts.code(code)}`}
        </div>
      </div>
    </div>
  );
}
