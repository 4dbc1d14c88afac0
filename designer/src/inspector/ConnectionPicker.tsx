import type { Connection, Environment } from '@crossdock/api-contract';
import type { ConnectionUse } from '@crossdock/flow-model';
import { Button, Input, Select } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconX } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { connectionsQuery, useAllowedIn, useConnections, useEnvironments } from '../api/index.ts';
import { useEnvironment } from '../app/use-environment.ts';
import { lacksCredential } from '../connections/lacks-credential.ts';
import { titleOf } from '../connections/title-of.ts';
import { connectionTexts } from '../texts/index.ts';
import './connection-picker.css';

const t = connectionTexts.picker;
const ConnectionDrawer = lazy(async () => ({
  default: (await import('../connections/ConnectionDrawer.tsx')).ConnectionDrawer,
}));

/** What is being made or mended beside the flow: a new connection of this name, or the one with this id. */
interface Making {
  readonly env: Environment;
  readonly id: string | 'new';
  readonly name: string | undefined;
}

/**
 * The connection that a node names: those of a fitting type by name, in which environments the chosen one exists, and what it lacks there. A new
 * one is made without leaving the flow.
 */
export function ConnectionPicker({
  use,
  value,
  locked,
  error,
  onChange,
}: {
  use: ConnectionUse;
  value: string | undefined;
  locked: boolean;
  error: string | undefined;
  onChange: (name: string | undefined) => void;
}) {
  const { data: connections } = useConnections();
  const { environment } = useEnvironment();
  const environments = useEnvironments().data ?? [];
  const mayWriteIn = useAllowedIn('connections:write', environments).map(({ name }) => name);
  const client = useQueryClient();
  const [making, setMaking] = useState<Making>();
  const fitting = (connections ?? []).filter(({ type }) => use.types.includes(type));
  const names = [...new Set(fitting.map(({ name }) => name))];
  const known = value === undefined || names.includes(value) ? names : [...names, value];
  const typesOf = (name: string) => [fitting.find((each) => each.name === name)?.type ?? use.types].flat();
  const data = known.map((name) => ({
    value: name,
    label: `${name} (${typesOf(name).map(titleOf).join(', ')})`,
  }));
  const ofName = (connections ?? []).filter(({ name }) => name === value);
  const chosen = ofName.find(({ type }) => use.types.includes(type));
  const made = (id: string) => {
    const connection = client.getQueryData(connectionsQuery.queryKey)?.find((each) => each.id === id);
    setMaking((now) => now && { ...now, id });
    if (connection && connection.name !== value) onChange(connection.name);
  };
  return (
    <div className="cd-field">
      <Select
        label={t.label}
        description={use.description}
        placeholder={use.required ? t.pick : t.none}
        data={data}
        value={value ?? null}
        disabled={locked}
        required={use.required}
        error={error}
        clearable={!use.required}
        searchable
        onChange={(name) => onChange(name ?? undefined)}
      />
      {value !== undefined && connections && ofName.length === 0 && (
        <Input.Error mt={4}>{t.unknown(value)}</Input.Error>
      )}
      {value !== undefined && ofName.length > 0 && (
        <ul className="cd-presence" aria-label={t.presence(value)}>
          {environments.map((env) => (
            <Presence
              key={env.name}
              env={env}
              connection={ofName.find((each) => each.env === env.name)}
              types={use.types}
              onMake={
                mayWriteIn.includes(env.name) ? (id) => setMaking({ env, id: id ?? 'new', name: value }) : undefined
              }
            />
          ))}
        </ul>
      )}
      <span className="cd-field-links">
        {chosen && (
          <Link to="/connections" search={{ env: chosen.env, open: chosen.id }} className="cd-link">
            {t.open}
          </Link>
        )}
        {mayWriteIn.includes(environment.name) && (
          <Button
            variant="subtle"
            size="compact-xs"
            onClick={() => setMaking({ env: environment, id: 'new', name: ofName.length === 0 ? value : undefined })}
          >
            {t.manage}
          </Button>
        )}
      </span>
      {making && (
        <Suspense>
          <ConnectionDrawer
            connection={connections?.find(({ id }) => id === making.id)}
            isNew={making.id === 'new'}
            wanted={{
              name: making.name,
              type: chosen?.type ?? use.types[0],
              source: making.name === undefined ? undefined : chosen,
            }}
            environment={making.env}
            taken={(connections ?? []).filter(({ env }) => env === making.env.name).map(({ name }) => name)}
            onMade={made}
            onClose={() => setMaking(undefined)}
          />
        </Suspense>
      )}
    </div>
  );
}

/** Whether a connection is there in an environment and has all it needs, and the way to make or mend it. */
function Presence(props: {
  env: Environment;
  connection: Connection | undefined;
  types: readonly string[];
  /** Without an id a new one is to be made; undefined where the person may not. */
  onMake: ((id?: string) => void) | undefined;
}) {
  const { env, connection, onMake } = props;
  const fits = connection !== undefined && props.types.includes(connection.type);
  const lacks = fits && lacksCredential(connection);
  const said = !connection
    ? t.missing(env.name)
    : !fits
      ? t.wrongType(env.name, titleOf(connection.type))
      : lacks
        ? t.incomplete(env.name)
        : t.there(env.name);
  const Icon = lacks ? IconAlertTriangle : fits ? IconCheck : IconX;
  const isOpen = !connection || lacks;
  return (
    <li data-there={fits && !lacks}>
      <Icon size={12} aria-hidden /> {said}
      {onMake && isOpen ? (
        <button
          type="button"
          className="cd-presence-act"
          aria-label={connection ? t.completeIn(env.name) : t.makeIn(env.name)}
          onClick={() => onMake(connection?.id)}
        >
          {connection ? t.complete : t.make}
        </button>
      ) : null}
    </li>
  );
}
