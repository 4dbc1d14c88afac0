import { type CatalogueRow, row } from './row.ts';

/** What was sent is wrong: the sender, or the author of a mapping, mends it. */
export const dataErrors = {
  DATA_MALFORMED: row('the body is not valid JSON: {reason}', 'never', 400, 'Send well-formed JSON.'),
  DATA_TOO_DEEP: row('the document is nested deeper than {limit} levels', 'never', 400, 'Flatten the document.'),
  DATA_FORBIDDEN_KEY: row('the key "{key}" is not allowed', 'never', 400, 'Rename the key.'),
  DATA_TOO_LARGE: row(
    'the body is larger than {limit} bytes',
    'never',
    413,
    'Send a smaller body, or raise the limit of the hook or CROSSDOCK_MAX_BODY_BYTES.',
  ),
  DATA_CONTENT_TYPE: row('content type "{contentType}" is not accepted', 'never', 415, 'Send one of: {accepted}.'),
  DATA_KEY: row(
    'the {which} key cannot be computed: {reason}',
    'never',
    422,
    'Send the field that the key is made of, or mend the key expression.',
  ),
  DATA_MAPPING: row(
    'the mapping failed: {reason}',
    'never',
    422,
    'Compare the mapping with the input shown beside it.',
  ),
  DATA_MAPPING_LIMIT: row(
    'the mapping went over its {limit} limit of {most}',
    'never',
    422,
    'Simplify the mapping or send less data at once.',
  ),
  DATA_INVALID: row(
    'the payload does not fit the schema: {reason}',
    'never',
    422,
    'Mend the data at its source, or the mapping before this node.',
  ),
  DATA_EVENT_INVALID: row(
    'the event is not canonical: {reason}',
    'never',
    422,
    'Correct the fields named; the event catalogue has an example of each type.',
  ),
  DATA_UNIT: row(
    'the quantity cannot be converted: {field}: {reason}',
    'never',
    422,
    'Add the missing unit factor to the item, or correct the quantity at its source.',
  ),
  DATA_ODOO_KEY: row(
    '{remote} has {count} {model} with {key}, and exactly one is needed',
    'never',
    422,
    'Give one record that key in Odoo, or correct the mapping, then replay.',
  ),
  DATA_XREF_MISSING: row(
    '{entity} "{id}" of {system} has no id in {toSystem}',
    'never',
    422,
    'Link the two under Cross-references, then replay; or say in the mapping what to take instead, as in $xref(…, null).',
  ),
  DATA_XREF_SEVERAL: row(
    '{entity} "{id}" of {system} has {count} ids in {toSystem}',
    'never',
    422,
    'Unlink all but one of them under Cross-references, then replay.',
  ),
  DATA_XREF_CONFLICT: row(
    'these ids of {entity} cannot be one: {one} is not {other}; {reason}',
    'never',
    409,
    'Unlink the wrong side under Cross-references first, or allow several ids of one system.',
  ),
  DATA_XREF_INVALID: row('this is no cross-reference: {field} {reason}', 'never', 422, 'Correct the field named.'),
  DATA_RESULT_TOO_LARGE: row('the result is larger than {limit} bytes', 'never', 422, 'Return less data.'),
  DATA_SPLIT: row(
    'node "{node}" cannot split: {reason}',
    'never',
    422,
    'Let the items expression give a list of a size that the node allows.',
  ),
  DATA_HOPS: row(
    'flows called one another {hops} levels deep',
    'never',
    422,
    'Look for a flow that calls itself without end.',
  ),
} as const satisfies Record<string, CatalogueRow>;
