/** What the engine does when a node fails with this code. `after` obeys the remote's `Retry-After`; `redeliver` is our own trouble. */
export type RetryClass = 'never' | 'backoff' | 'after' | 'redeliver';

export interface CatalogueRow {
  /** Sentence with `{detail}` slots, filled from the error's details. */
  readonly message: string;
  readonly retry: RetryClass;
  /** HTTP status when the error leaves through our API. */
  readonly http: number;
  /** What the person who reads it should do. */
  readonly fix: string;
}

const row = (message: string, retry: RetryClass, http: number, fix: string): CatalogueRow => ({
  message,
  retry,
  http,
  fix,
});

/**
 * Every error Crossdock can raise: retry decision, HTTP status, help text and docs are read from here.
 * Prefixes say who acts: FLOW_ the author, CONFIG_ the operator, DATA_ the sender, REMOTE_ the other system, RUN_ the operator,
 * API_ the caller, SYSTEM_ us.
 */
export const catalogue = {
  FLOW_INVALID: row('the flow has errors', 'never', 422, 'Mend the issues listed, then try again.'),
  FLOW_SCHEMA: row('{path} {reason}', 'never', 422, 'Compare the file with the flow document JSON Schema.'),
  FLOW_UNKNOWN_FIELD: row('unknown field "{field}"', 'never', 422, 'Remove the field or correct its spelling.'),
  FLOW_FORMAT_UNSUPPORTED: row(
    'format version {version} is not known',
    'never',
    422,
    'Open the flow with a newer Crossdock.',
  ),
  FLOW_DUPLICATE_ID: row('id "{id}" is used twice', 'never', 422, 'Give one of the two another id.'),
  FLOW_UNKNOWN_NODE_TYPE: row(
    'node type "{type}" does not exist',
    'never',
    422,
    'Choose a node type from the palette.',
  ),
  FLOW_NODE_TYPE_VERSION: row(
    'node type "{type}" has no version {version}, only {known}',
    'never',
    422,
    'Set typeVersion to the version that exists, or open the flow with a matching Crossdock.',
  ),
  FLOW_NODE_CONFIG: row('{path} {reason}', 'never', 422, 'Correct the setting in the inspector.'),
  FLOW_EDGE_DANGLING: row(
    'the edge points to node "{node}", which does not exist',
    'never',
    422,
    'Delete the edge or draw it again.',
  ),
  FLOW_EDGE_HANDLE: row(
    'node "{node}" has no handle "{handle}"',
    'never',
    422,
    'Draw the edge from a handle that exists.',
  ),
  FLOW_EDGE_DUPLICATE: row('two edges join the same handles', 'never', 422, 'Delete one of them.'),
  FLOW_CYCLE: row('the nodes {nodes} form a cycle', 'never', 422, 'Remove one edge of the cycle.'),
  FLOW_NO_TRIGGER: row('the flow has no trigger', 'never', 422, 'Add a trigger node, such as a webhook.'),
  FLOW_TRIGGER_INPUT: row('the trigger "{node}" cannot have an incoming edge', 'never', 422, 'Delete the edge.'),
  FLOW_UNREACHABLE: row('no trigger leads to node "{node}"', 'never', 422, 'Connect it or delete it.'),
  FLOW_MAPPING_SYNTAX: row(
    'the mapping does not parse: {reason}',
    'never',
    422,
    'Correct the expression at the marked position.',
  ),
  FLOW_MAPPING_FAULT: row(
    'the mapping fails or never works: {reason}',
    'never',
    422,
    'Correct the expression at the marked position.',
  ),
  FLOW_HOOK_TAKEN: row(
    'hook path "{path}" is used by flow "{flowId}" in {env}',
    'never',
    409,
    'Choose another path or undeploy that flow.',
  ),
  FLOW_HOOK_UNSIGNED: row(
    'the hook "{path}" takes unsigned requests',
    'never',
    422,
    'Set an authentication at its trigger, or confirm that anyone who knows its address may send to it (by the API: confirmUnsigned).',
  ),

  FLOW_NOT_DEPLOYABLE: row(
    'revision {revision} of flow "{flowId}" cannot run in {env}: {reason}',
    'never',
    422,
    'Mend what the issues name, then deploy again.',
  ),

  FLOW_COMPENSATE: row(
    'node "{node}" cannot be undone by "{compensate}": {reason}',
    'never',
    422,
    'Name an action of this flow that no edge leads to.',
  ),
  FLOW_SPLIT_SCOPE: row(
    'node "{node}" lies behind "each" of split "{split}" and can also be reached from elsewhere',
    'never',
    422,
    'Keep the nodes behind "each" to themselves; go on from "done".',
  ),
  FLOW_TEST: row(
    'test "{test}" cannot work: {reason}',
    'never',
    422,
    'Open the tests of the flow and correct it there.',
  ),
  FLOW_TESTS_FAILED: row(
    '{failed} of {count} tests fail: {names}',
    'never',
    422,
    'Open the tests of the flow: mend the flow, or accept what it gives now. Whether tests keep a draft from being published is a setting of the flow.',
  ),
  FLOW_SAMPLE_MASKED: row(
    '{holder} "{sample}" holds what may be a real value at the masked field {field}',
    'never',
    422,
    'Replace it with an invented one, such as ann@example.com, +1 212 555 0100 or Example Street 1: samples are stored as they are.',
  ),
  FLOW_CONNECTION_MISSING: row(
    'node "{node}" needs a connection of type {types}',
    'never',
    422,
    'Choose a connection in the inspector.',
  ),

  CONFIG_FLOW_NOT_DEPLOYED: row(
    'flow "{flowId}" is not deployed in {env}, or has no "flow.called" trigger',
    'never',
    422,
    'Deploy the flow that is called, then replay.',
  ),
  CONFIG_VARIABLE_MISSING: row(
    'variable "{name}" is not set in {env}',
    'never',
    422,
    'Set it among the variables of that environment, or let the expression do without it, as in $vars.name ?? "none".',
  ),
  CONFIG_MISSING: row('{what} is not set', 'never', 422, 'Set it for this environment.'),
  CONFIG_INVALID: row('{what} has a wrong value: {reason}', 'never', 422, 'Correct the value.'),
  CONFIG_CONNECTION_MISSING: row(
    'there is no connection "{connection}" in {env}',
    'never',
    422,
    'Make it on the page Connections, then replay.',
  ),
  CONFIG_CONNECTION_TYPE: row(
    'connection "{connection}" in {env} is of type {type}, and {types} is needed',
    'never',
    422,
    'Name a connection of the right type, or make this one anew.',
  ),
  CONFIG_CONNECTION_HOST: row(
    'connection "{connection}" may be used for {allowed} only, not for {host}',
    'never',
    422,
    'Call an address of the connection, or name the host in its settings.',
  ),
  CONFIG_CREDENTIALS_MISSING: row(
    'connection "{connection}" in {env} has no {field}',
    'never',
    422,
    'Enter the credentials on the page Connections, then replay.',
  ),
  CONFIG_CREDENTIALS_REFUSED: row(
    '{remote} refused the credentials of connection "{connection}": {reason}',
    'never',
    422,
    'Enter the right credentials on the page Connections, then check and replay.',
  ),
  CONFIG_CREDENTIALS_UNREADABLE: row(
    'the credentials of connection "{connection}" in {env} do not open: {reason}',
    'never',
    422,
    'Enter the credentials again, or start with the key that sealed them.',
  ),
  CONFIG_ODOO_ACCESS: row(
    '{remote} does not let the user of connection "{connection}" call {call}: {reason}',
    'never',
    422,
    'Give that user the rights in Odoo, or call a public method, then replay.',
  ),
  CONFIG_ODOO_CALL: row(
    '{remote} does not take the call {call}: {reason}',
    'never',
    422,
    'Correct model, method, fields or arguments at the node, or the database of the connection.',
  ),
  CONFIG_EGRESS_BLOCKED: row(
    'calls to {host} are not allowed',
    'never',
    422,
    'Allow the host under Connections, Private hosts, or call a public address.',
  ),

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

  REMOTE_BREAKER_OPEN: row(
    'calls to {remote} are paused after repeated failures',
    'after',
    503,
    'Nothing: calls go on when the system answers again.',
  ),
  REMOTE_UNAVAILABLE: row(
    '{remote} cannot be reached: {reason}',
    'backoff',
    502,
    'Check that the system is up, then replay.',
  ),
  REMOTE_ERROR: row('{remote} answered {status}', 'backoff', 502, 'Look into that system, then replay.'),
  REMOTE_TIMEOUT: row(
    '{remote} did not answer within {timeoutMs} ms',
    'backoff',
    504,
    'Raise the timeout or look into that system.',
  ),
  REMOTE_RATE_LIMITED: row('{remote} limits the rate of calls', 'after', 429, 'Lower the rate for this connection.'),
  REMOTE_REJECTED: row(
    '{remote} refused the request with {status}',
    'never',
    502,
    'Mend what the answer complains about, then replay.',
  ),
  REMOTE_ODOO_RULE: row(
    '{remote} refused {call}: {reason}',
    'never',
    422,
    'Mend in Odoo or in the data what it complains about, then replay.',
  ),
  REMOTE_ODOO_DIALOG: row(
    '{remote} asks back at {call} and has done nothing: {reason}',
    'never',
    422,
    'Do it in Odoo, or switch the question off there, then replay.',
  ),
  REMOTE_ODOO_MISSING: row(
    '{remote} misses records for {call}: {reason}',
    'never',
    422,
    'Look up which records there are: these were deleted, or belong to a company that the connection does not name.',
  ),
  REMOTE_ODOO_LOCKED: row(
    '{remote} holds records locked that {call} needs: {reason}',
    'backoff',
    409,
    'Nothing, unless it goes on: then see in Odoo who works on these records.',
  ),
  REMOTE_XREF_RESERVED: row(
    'another execution is making the id of {entity} "{id}" in {toSystem}',
    'backoff',
    409,
    'Nothing: it goes on when that one has linked the id, or its reservation has ended.',
  ),
  REMOTE_CANNOT_ROTATE: row(
    '{remote} makes no new credentials by its interface: {reason}',
    'never',
    502,
    'Make them there by hand, enter them at the connection with the day on which they end, check it, then take the old ones away there.',
  ),
  REMOTE_POSITION_LOST: row(
    '{remote} is not where it was left, so what changed since cannot be told: {reason}',
    'never',
    502,
    'See what was restored there, put right by hand what is missing or was sent twice, then deploy the flow again: it begins with what changes from then on.',
  ),
  REMOTE_ANSWER_INVALID: row(
    'the answer of {remote} cannot be read: {reason}',
    'never',
    502,
    'Compare the answer with what the node expects.',
  ),

  RUN_CANCELLED: row('the execution was cancelled', 'never', 409, 'Replay it if it should run after all.'),
  RUN_CHILD_FAILED: row(
    'the called execution {executionId} ended as {status}: {reason}',
    'never',
    502,
    'Open the called execution, mend its cause, then replay.',
  ),
  RUN_IN_DOUBT: row(
    'nobody knows whether {remote} did what node "{node}" asked for: {reason}',
    'never',
    409,
    'Look into that system, then say whether it was done.',
  ),
  RUN_STOPPED: row('the flow stopped itself: {reason}', 'never', 422, 'Act on the reason, then replay.'),
  RUN_WAIT_TIMED_OUT: row(
    'node "{node}" waited {timeoutMs} ms in vain',
    'never',
    504,
    'See why what it waits for did not come, then replay.',
  ),
  RUN_TIMED_OUT: row(
    'the execution ran longer than {timeoutMs} ms',
    'never',
    504,
    'Raise the timeout of the flow, then replay.',
  ),
  RUN_ATTEMPTS_SPENT: row('all {attempts} attempts failed: {reason}', 'never', 502, 'Mend the cause, then replay.'),
  RUN_CRASHED: row(
    'the execution ended its worker {crashes} times',
    'never',
    500,
    'Look at the input, mend the flow, then replay on the new revision.',
  ),

  API_BAD_REQUEST: row('{path} {reason}', 'never', 400, 'Correct the request.'),
  API_UNAUTHENTICATED: row('sign in first', 'never', 401, 'Sign in, or send an API key as a bearer token.'),
  API_SIGN_IN_FAILED: row(
    'the e-mail or password is wrong',
    'never',
    401,
    'Try again, or ask an admin to reset the password.',
  ),
  API_KEY_EXPIRED: row('the API key expired at {expiredAt}', 'never', 401, 'Ask an admin for a new key.'),
  API_ACCOUNT_DISABLED: row('this account is disabled', 'never', 403, 'Ask an admin to enable it.'),
  API_LINK_INVALID: row('the link is used up, out of date or incomplete', 'never', 410, 'Ask an admin for a new link.'),
  API_PASSWORD_WRONG: row('the current password is wrong', 'never', 422, 'Type it again, or ask an admin to reset it.'),
  API_MORE_RIGHTS: row(
    'the role {role} may do more than your own role {own}',
    'never',
    403,
    'Choose a role within your own rights.',
  ),
  API_FORBIDDEN: row('your role does not allow this ({permission})', 'never', 403, 'Ask an admin for the right.'),
  API_CROSS_SITE: row('the request comes from another site', 'never', 403, 'Use the designer itself, or an API key.'),
  API_NOT_FOUND: row('{what} "{id}" does not exist', 'never', 404, 'Check the id.'),
  API_METHOD_NOT_ALLOWED: row('{method} is not offered here', 'never', 405, 'See the API description.'),
  API_TIMEOUT: row(
    'no answer within {timeoutMs} ms; the execution goes on',
    'never',
    504,
    'Look the execution up by its id.',
  ),
  API_REPLAY_EXPIRED: row(
    'execution "{id}" cannot be replayed from {from}: {reason}',
    'never',
    410,
    'Replay from another place, or have it sent again.',
  ),
  API_RECORDING_INCOMPLETE: row(
    'execution "{id}" cannot be kept as a sample or test: {reason}',
    'never',
    410,
    'Take a newer execution, or one with smaller payloads.',
  ),
  API_WRONG_STATE: row('execution "{id}" is {status}: {reason}', 'never', 409, 'Load its present state.'),
  API_CONFLICT: row('{what} exists already', 'never', 409, 'Choose another id.'),
  API_NOTHING_BEFORE: row(
    'flow "{flowId}" has nothing to go back to in {env}: {reason}',
    'never',
    409,
    'Deploy the revision that should run.',
  ),
  API_IN_USE: row('{what} "{id}" is in use: {reason}', 'never', 409, 'End that use first.'),
  API_LAST_ADMIN: row('this is the only admin', 'never', 409, 'Make someone else an admin first.'),
  API_STALE: row(
    'someone else saved in the meantime',
    'never',
    412,
    'Load the newest state and apply the change again.',
  ),
  API_PRECONDITION_MISSING: row('the header If-Match is missing', 'never', 428, 'Send the etag you read.'),
  API_UNSUPPORTED_MEDIA: row('content type "{contentType}" is not accepted', 'never', 415, 'Send application/json.'),
  API_TOO_LARGE: row('the body is larger than {limit} bytes', 'never', 413, 'Send less.'),
  API_HOOK_REFUSED: row(
    'the request does not prove that it comes from the sender of this hook',
    'never',
    401,
    'Send the signature or credential that the hook asks for, made with its present secret.',
  ),
  API_HOOK_NOT_READY: row(
    'the hook cannot check its requests',
    'never',
    503,
    'Send again later; operators: the log names the connection that is missing or wrong.',
  ),
  API_RATE_LIMITED: row('too many requests', 'never', 429, 'Wait {retryAfterS} s and try again.'),

  SYSTEM_UNEXPECTED: row(
    'an unexpected error: {reason}',
    'redeliver',
    500,
    'Report it with the time and the execution id.',
  ),
  SYSTEM_BUS_UNAVAILABLE: row('the message bus cannot be reached', 'redeliver', 503, 'Send again in a moment.'),
  SYSTEM_BUS_FULL: row(
    'the message store is full',
    'redeliver',
    503,
    'Send again later; operators: free space or raise the limit.',
  ),
  SYSTEM_DATABASE_UNAVAILABLE: row('the database cannot be reached', 'redeliver', 503, 'Try again in a moment.'),
  SYSTEM_LEASE_LOST: row('another worker took the execution over', 'redeliver', 500, 'Nothing: it continues there.'),
  SYSTEM_STOPPING: row('this process is stopping', 'redeliver', 503, 'Send again in a moment.'),
} as const satisfies Record<string, CatalogueRow>;

export type ErrorCode = keyof typeof catalogue;
