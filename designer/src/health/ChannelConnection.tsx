import type { AlarmTarget } from '@crossdock/api-contract';
import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { connectionsQuery } from '../api/index.ts';
import { connectionTexts, healthTexts } from '../texts/index.ts';
import { CHANNEL_TYPES, channelProblem } from './channel-fit.ts';
import classes from './HealthPage.module.css';

const t = healthTexts.channels;

/** The connection that a channel sends through: of those that fit in the environment, with what is wrong with the one that is named. */
export function ChannelConnection({
  kind,
  env,
  value,
  onChange,
}: Pick<AlarmTarget, 'kind' | 'env'> & { value: string; onChange: (name: string) => void }) {
  // What is made behind the link below, in another tab, is offered as soon as this one is looked at again.
  const { data } = useQuery({ ...connectionsQuery, refetchOnWindowFocus: 'always' });
  const fitting = (data ?? []).filter(
    (each) => each.env === env && channelProblem({ kind, env, connection: each.name }, [each]) === undefined,
  );
  const names = fitting.map(({ name }) => name);
  const chosen = data?.find((each) => each.env === env && each.name === value);
  return (
    <div>
      <Select
        label={t.connection}
        description={t.connectionHint[kind]}
        placeholder={data && names.length === 0 ? t.connectionNone[kind](env) : t.connectionPick}
        data={value === '' || names.includes(value) ? names : [...names, value]}
        value={value === '' ? null : value}
        error={data && value !== '' && channelProblem({ kind, env, connection: value }, data)}
        onChange={(name) => name && onChange(name)}
        allowDeselect={false}
        searchable
      />
      <span className={classes.links}>
        {chosen && (
          <Link to="/connections" search={{ env, open: chosen.id }} target="_blank" className="cd-link">
            {connectionTexts.picker.open}
          </Link>
        )}
        <Link
          to="/connections"
          search={{ env, open: 'new', type: CHANNEL_TYPES[kind] }}
          target="_blank"
          className="cd-link"
        >
          {connectionTexts.picker.manage}
        </Link>
      </span>
    </div>
  );
}
