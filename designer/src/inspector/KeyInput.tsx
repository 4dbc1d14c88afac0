import type { Sample } from '@crossdock/flow-model';
import { TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { evaluateMapping, type Output } from '../mapper/live-output.ts';
import { inspectorTexts } from '../texts/index.ts';

/** A key expression, with what it gives for the chosen sample. */
export function KeyInput(props: {
  id: string;
  label: string;
  description: string;
  value: string;
  sample: Sample | undefined;
  locked: boolean;
  error: string | undefined;
  onChange: (value: string) => void;
}) {
  const { value, sample } = props;
  const [output, setOutput] = useState<Output>();
  useEffect(() => {
    let isCurrent = true;
    setOutput(undefined);
    if (value !== '' && sample)
      void evaluateMapping(value, sample.payload, {
        trigger: sample.payload,
        meta: { headers: sample.headers ?? {} },
      }).then((result) => isCurrent && setOutput(result));
    return () => {
      isCurrent = false;
    };
  }, [value, sample]);
  return (
    <div>
      <TextInput
        id={props.id}
        label={props.label}
        description={props.description}
        placeholder="JSONata"
        value={value}
        disabled={props.locked}
        error={props.error ?? (output && !output.ok ? output.message : undefined)}
        classNames={{ input: 'cd-mono' }}
        onChange={(event) => props.onChange(event.currentTarget.value)}
      />
      {output?.ok ? (
        <div className="cd-dim cd-key-value">
          {output.value === null
            ? inspectorTexts.flow.givesNothing
            : inspectorTexts.flow.gives(JSON.stringify(output.value))}
        </div>
      ) : null}
    </div>
  );
}
