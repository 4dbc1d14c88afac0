import type { ConnectionUse } from '@crossdock/flow-model';
import { Input, Select } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useConnections, useEnvironments } from '../api/index.ts';
import { titleOf } from '../connections/title-of.ts';
import { connectionTexts } from '../texts/index.ts';
import './connection-picker.css';

const t = connectionTexts.picker;

/** The connection that a node names: those of a fitting type by name, and in which environments the chosen one exists. */
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
  const environments = useEnvironments().data ?? [];
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
          {environments.map(({ name: env }) => {
            const there = ofName.find((each) => each.env === env);
            const fits = there !== undefined && use.types.includes(there.type);
            const said = fits ? t.there(env) : there ? t.wrongType(env, titleOf(there.type)) : t.missing(env);
            return (
              <li key={env} data-there={fits}>
                {fits ? <IconCheck size={12} aria-hidden /> : <IconX size={12} aria-hidden />} {said}
              </li>
            );
          })}
        </ul>
      )}
      <span className="cd-field-links">
        {chosen && (
          <Link to="/connections" search={{ env: chosen.env, open: chosen.id }} className="cd-link">
            {t.open}
          </Link>
        )}
        <Link
          to="/connections"
          search={{ open: 'new', type: use.types[0] ?? 'http', ...(value === undefined ? {} : { name: value }) }}
          className="cd-link"
        >
          {t.manage}
        </Link>
      </span>
    </div>
  );
}
