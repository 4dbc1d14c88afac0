import type { FlowTestResult } from '@crossdock/api-contract';
import type { FlowTest, Tolerance } from '@crossdock/flow-model';
import { tolerate } from '@crossdock/flow-tests';
import { ActionIcon, Menu } from '@mantine/core';
import { IconAdjustments } from '@tabler/icons-react';
import { tryoutTexts } from '../texts/index.ts';
import { maskPathOf } from './mask-path.ts';

const texts = tryoutTexts.tests;
const KINDS = ['anything', 'type', 'contains'] as const satisfies readonly Tolerance['as'][];
type Difference = FlowTestResult['differences'][number];

/** Where a run gave something else than its test expects, with a way to let each place differ. */
export function Differences({
  test,
  differences,
  locked,
  onChange,
}: {
  test: FlowTest;
  differences: readonly Difference[];
  locked: boolean;
  onChange: (test: FlowTest) => void;
}) {
  if (differences.length === 0) return null;
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{texts.differs(differences.length)}</th>
          <th scope="col">{texts.expected}</th>
          <th scope="col">{texts.got}</th>
          <th />
        </tr>
      </thead>
      <tbody>
        {differences.map((difference) => (
          <tr key={difference.path}>
            <td>{difference.path}</td>
            <td>
              <code>{difference.asked ?? shown('expected' in difference, difference.expected)}</code>
            </td>
            <td>
              <code>{shown('got' in difference, difference.got)}</code>
            </td>
            <td>
              <Menu position="bottom-end">
                <Menu.Target>
                  <ActionIcon aria-label={texts.tolerate(difference.path)} disabled={locked}>
                    <IconAdjustments size={14} stroke={1.5} aria-hidden />
                  </ActionIcon>
                </Menu.Target>
                <Menu.Dropdown>
                  <Menu.Label>{texts.tolerate(difference.path)}</Menu.Label>
                  {KINDS.map((as) => (
                    <Menu.Item
                      key={as}
                      onClick={() => onChange(tolerate(test, { path: maskPathOf(difference.path, as), as }))}
                    >
                      {texts[as]}
                    </Menu.Item>
                  ))}
                </Menu.Dropdown>
              </Menu>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function shown(isThere: boolean, value: unknown): string {
  return isThere ? (JSON.stringify(value, undefined, 1) ?? texts.nothing) : texts.nothing;
}
