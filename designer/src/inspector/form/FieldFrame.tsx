import { Input } from '@mantine/core';
import type { ReactNode } from 'react';

/** Label, description and control of a field that rjsf has no widget for; errors are drawn by the form around it. */
export function FieldFrame(props: {
  id: string;
  label: string;
  description?: string | undefined;
  required?: boolean | undefined;
  aside?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className="cd-field">
      <div className="cd-field-head">
        <Input.Label htmlFor={props.id} required={props.required ?? false}>
          {props.label}
        </Input.Label>
        {props.aside}
      </div>
      {props.description ? <Input.Description mb={4}>{props.description}</Input.Description> : null}
      {props.children}
    </div>
  );
}
