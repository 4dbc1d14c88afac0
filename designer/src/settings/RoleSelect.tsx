import { ROLES, type Role } from '@crossdock/api-contract';
import { Select } from '@mantine/core';
import { appTexts, settingsTexts } from '../texts/index.ts';

/** A role, with what it may do under it. */
export function RoleSelect({ value, onChange }: { value: Role; onChange: (role: Role) => void }) {
  return (
    <Select
      label={settingsTexts.people.role}
      description={settingsTexts.roleHints[value]}
      data={ROLES.map((role) => ({ value: role, label: appTexts.roles[role] }))}
      value={value}
      onChange={(next) => onChange((next as Role | null) ?? value)}
      allowDeselect={false}
      renderOption={({ option }) => (
        <span>
          {option.label}
          <span className="cd-dim"> · {settingsTexts.roleHints[option.value as Role]}</span>
        </span>
      )}
    />
  );
}
