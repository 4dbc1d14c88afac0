import type { VariableUse } from '@crossdock/api-contract';
import { expect, test } from 'vitest';
import { missingNames, usesByName } from './variable-uses.ts';

const use = (name: string, flowId: string, revision: number | null, isNeeded = true): VariableUse => ({
  ...{ name, flowId, flowName: flowId, nodeId: 'map', nodeName: 'Map', revision, isNeeded },
});
const USES = [
  use('erpUrl', 'drawn', null),
  use('erpUrl', 'orders', 2),
  use('note', 'orders', 2, false),
  use('rate', 'a', 1),
];

test('what runs comes first among the uses of a variable', () => {
  expect(
    usesByName(USES)
      .get('erpUrl')
      ?.map(({ flowId }) => flowId),
  ).toEqual(['orders', 'drawn']);
});

test('missing is what runs and cannot do without', () => {
  expect(missingNames([...USES, use('drafted', 'drawn', null)], (name) => name === 'rate')).toEqual(['erpUrl']);
  expect(missingNames(USES, () => true)).toEqual([]);
});
