import { Select } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useFlows } from '../../api/index.ts';
import { inspectorTexts } from '../../texts/index.ts';

const texts = inspectorTexts.flowCall;
const CALLED = 'flow.called';

/** Another flow, by its name; those that cannot be called are shown, and say why. */
export function FlowInput({
  id,
  value,
  locked,
  onChange,
}: {
  id: string;
  value: string | undefined;
  locked: boolean;
  onChange: (flowId: string | undefined) => void;
}) {
  const { data: flows } = useFlows();
  const data = (flows ?? [])
    .map((flow) => ({ flow, canBeCalled: flow.nodeTypes.includes(CALLED) }))
    .toSorted((one, other) => Number(other.canBeCalled) - Number(one.canBeCalled))
    .map(({ flow, canBeCalled }) => ({
      value: flow.id,
      label: canBeCalled ? flow.name : `${flow.name} (${texts.cannotBeCalled})`,
      disabled: !canBeCalled && flow.id !== value,
    }));
  const isKnown = value === undefined || data.some((flow) => flow.value === value);
  if (value !== undefined && !isKnown) data.push({ value, label: value, disabled: false });
  return (
    <div>
      <Select
        id={id}
        placeholder={texts.pick}
        data={data}
        value={value ?? null}
        disabled={locked}
        searchable
        onChange={(flowId) => onChange(flowId ?? undefined)}
      />
      {value === undefined ? null : isKnown ? (
        <Link to="/flows/$flowId" params={{ flowId: value }} className="cd-link">
          {texts.open}
        </Link>
      ) : flows ? (
        <span className="cd-dim">{texts.unknown(value)}</span>
      ) : null}
    </div>
  );
}
