import { configSchema, defineNodeType, field } from '@crossdock/connector-sdk';
import { type TUnsafe, Type } from 'typebox';
import { DATA } from '../connector.ts';

export const validate = defineNodeType({
  type: 'validate',
  typeVersion: 1,
  kind: 'transform',
  status: 'stable',
  connector: DATA,
  title: 'Validate',
  summary: 'Let a payload pass only when it fits a JSON Schema.',
  icon: 'shield-check',
  handles: { in: ['in'], out: ['out'] },
  effect: 'none',
  line: 'Fits the JSON Schema',
  errors: ['DATA_INVALID', 'CONFIG_INVALID'],
  config: configSchema({
    schema: field(Type.Unsafe({ type: 'object' }) as TUnsafe<Record<string, unknown>>, {
      title: 'JSON Schema',
      description: 'JSON Schema 2020-12, formats included. References must stay inside the schema.',
      'x-json-schema': true,
      'x-widget': 'json-schema',
    }),
  }),
  examples: [
    {
      title: 'An order number must be there',
      config: {
        schema: { type: 'object', required: ['orderNo'], properties: { orderNo: { type: 'string', minLength: 1 } } },
      },
    },
  ],
  docs: `A payload that fits is handed on unchanged. One that does not ends with \`DATA_INVALID\`, whose details list what is wrong: the path
(JSON Pointer) and a sentence for each. It is not tried again, as the same data would fail again; with *On error: branch* it leaves by \`error\`.`,
});
