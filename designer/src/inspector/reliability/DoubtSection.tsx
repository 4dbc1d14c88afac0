import { isKeyless as isKeylessNode, type OnDoubt } from '@crossdock/flow-model';
import { Radio, Stack, Switch } from '@mantine/core';
import { inspectorTexts } from '../../texts/index.ts';
import type { ReliabilityProps } from './reliability-props.ts';

const texts = inspectorTexts.reliability.doubt;
const ON_DOUBT: readonly OnDoubt[] = ['ask', 'retry', 'skip'];

/** Whether the target can tell a repeated call from a new one, and what happens when nobody knows if a call was done. */
export function DoubtSection({ node, manifest, locked, set, errorAt }: ReliabilityProps) {
  const isKeyless = isKeylessNode(node, manifest);
  return (
    <section className="cd-section" id="field-idempotency" tabIndex={-1}>
      <Switch
        size="xs"
        label={texts.title}
        description={texts.hint}
        checked={isKeyless}
        disabled={locked}
        error={errorAt('/idempotency')}
        onChange={(event) =>
          set(
            event.currentTarget.checked
              ? { idempotency: manifest?.idempotency ? null : 'none' }
              : { idempotency: manifest?.idempotency ? 'keyed' : null, onDoubt: null },
            'idempotency',
          )
        }
      />
      {(isKeyless || node.onDoubt !== undefined) && (
        <Radio.Group
          label={texts.onDoubtTitle}
          value={node.onDoubt ?? 'ask'}
          error={errorAt('/onDoubt')}
          onChange={(value) => set({ onDoubt: value === 'ask' ? null : (value as OnDoubt) }, 'onDoubt')}
        >
          <Stack gap={8} mt={6} id="field-onDoubt" tabIndex={-1}>
            {ON_DOUBT.map((value) => (
              <Radio
                key={value}
                value={value}
                size="xs"
                label={texts.onDoubt[value]}
                description={texts.onDoubtHint[value]}
                disabled={locked}
              />
            ))}
          </Stack>
        </Radio.Group>
      )}
    </section>
  );
}
