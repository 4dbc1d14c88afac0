/** Which private hosts an environment may call. */
export const egressTexts = {
  link: (env: string) => `Private hosts of ${env}`,
  hint: 'Public addresses may be called. What is private is refused unless it is allowed here, for this environment.',
  readOnly: 'Who may change environments can add to this list.',
  formLabel: (env: string) => `Allow a private host in ${env}`,
  field: 'Host or range',
  fieldHint:
    'A host name or address, with a port to open that one alone, or a range: erp.internal:8069, [fd00::1]:443, 10.1.0.0/16.',
  missing: 'Enter a host or a range.',
  wrong: 'Write a host, host:port, [IPv6]:port or a range such as 10.1.0.0/16, without http:// and path.',
  twice: 'This is allowed already.',
  opens: (reach: string) => `Opens ${reach}.`,
  hostAnyPort: (host: string) => `${host} at any port`,
  hostPort: (host: string, port: number) => `${host} at port ${port} alone`,
  range: (count: string, one: boolean) => `${count} ${one ? 'address' : 'addresses'} at any port`,
  powerOfTwo: (bits: number) => `2^${bits}`,
  allow: 'Allow',
  allowTitle: (rule: string, env: string) => `Allow ${rule} in ${env}`,
  allowEffect: (reach: string, env: string) =>
    `From the next second on every flow and connection of ${env} may call ${reach}.`,
  metadata: (address: string) =>
    `That holds ${address}, where clouds give out credentials of this machine to whoever asks from it.`,
  allowed: (rule: string, env: string) => `${rule} may be called from ${env}.`,
  label: (env: string) => `Private hosts that ${env} may call`,
  rule: 'Allowed',
  reach: 'Opens',
  from: 'Said by',
  ofEnvironment: (env: string) => `${env}, on this page`,
  ofInstallation: 'the installation: CROSSDOCK_EGRESS_ALLOW or its sandbox',
  none: (env: string) => `${env} calls public addresses only.`,
  remove: 'Remove',
  removeOf: (rule: string) => `Remove ${rule}`,
  removeTitle: (rule: string, env: string) => `Remove ${rule} from ${env}`,
  removeEffect: (rule: string, env: string) =>
    `Nodes and connections of ${env} that call ${rule} are refused within a second, unless another line allows it. Their executions fail, and can be replayed once it is allowed again.`,
  removed: (rule: string, env: string) => `${rule} may no longer be called from ${env}.`,
  refusedTitle: 'Refused unless allowed',
  refused: [
    { what: 'This machine', which: 'localhost, 127.0.0.0/8, ::1' },
    { what: 'Private networks', which: '10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10, fc00::/7' },
    {
      what: 'Link-local and clouds',
      which:
        '169.254.0.0/16, fe80::/10, metadata.google.internal and the like: open by address or range, never by a name',
    },
    {
      what: 'Reserved and multicast',
      which: '0.0.0.0/8, 192.0.2.0/24, 198.18.0.0/15, 224.0.0.0/4 and others that IANA gave to nobody',
    },
    {
      what: 'Ports of other protocols',
      which: 'Over HTTP: 22, 25, 6379 and others, of public addresses too',
    },
  ],
  refusedFoot:
    'A name is looked up first and judged by each address that it has. A refused call ends with CONFIG_EGRESS_BLOCKED.',
} as const;
