import { Radio, Select, Stack } from '@mantine/core';
import { repairTexts } from '../texts/index.ts';
import type { ReplayPlaces } from './replay-places.ts';

const t = repairTexts.replay;

/** Where to begin: `trigger`, `failed`, or a node. */
export type From = { kind: 'trigger' } | { kind: 'failed' } | { kind: 'node'; nodeId: string | undefined };

/** The places where a replay may begin. */
export function ReplayFrom({
  value,
  places,
  nodeName,
  onChange,
}: {
  value: From;
  places: ReplayPlaces;
  nodeName: (nodeId: string) => string;
  onChange: (value: From) => void;
}) {
  const { failed, nodes, isUndone } = places;
  const failedName = failed?.nodeId === undefined ? undefined : nodeName(failed.nodeId);
  return (
    <Radio.Group
      label={t.from}
      value={value.kind}
      onChange={(kind) =>
        onChange(kind === 'node' ? { kind, nodeId: undefined } : { kind: kind === 'failed' ? 'failed' : 'trigger' })
      }
    >
      <Stack gap={8} mt={6}>
        {failed && (
          <Radio
            size="xs"
            value="failed"
            label={t.fromFailed[failed.what](failedName)}
            description={t.fromFailedHint[failed.what]}
          />
        )}
        <Radio
          size="xs"
          value="trigger"
          label={t.fromTrigger}
          description={isUndone ? t.fromTriggerUndone : t.fromTriggerHint}
        />
        {nodes.length > 0 && <Radio size="xs" value="node" label={t.fromNode} />}
        {value.kind === 'node' && (
          <Select
            aria-label={t.node}
            placeholder={t.nodeMissing}
            data={nodes.map(({ nodeId }) => ({ value: nodeId, label: nodeName(nodeId) }))}
            value={value.nodeId ?? null}
            onChange={(nodeId) => onChange({ kind: 'node', nodeId: nodeId ?? undefined })}
            searchable={nodes.length > 8}
            ml={24}
            data-autofocus
          />
        )}
      </Stack>
    </Radio.Group>
  );
}
