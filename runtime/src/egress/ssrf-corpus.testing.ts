/**
 * Ways to reach what must not be reached. The stand-in for the internet is 127.0.0.2 (the only address that is allowed), the victim
 * listens on 127.0.0.1; `{port}` is its port, `{open}` the port of a server on the stand-in.
 */
export interface SsrfCase {
  readonly title: string;
  readonly url: string;
  /** What a test resolver says of the name, question by question; the last answer stays. */
  readonly answers?: readonly (readonly string[])[];
  /** What the server on the stand-in answers. */
  readonly redirect?: { readonly status: number; readonly location: string; readonly method?: string };
  /** Default `CONFIG_EGRESS_BLOCKED`. */
  readonly code?: string;
}

const literal = (title: string, host: string): SsrfCase => ({ title, url: `http://${host}:{port}/` });
const named = (title: string, ...answers: string[][]): SsrfCase => ({
  title,
  url: 'http://shop.example:{port}/',
  answers,
});
const redirected = (title: string, status: number, location: string, more: Partial<SsrfCase> = {}): SsrfCase => ({
  title,
  url: 'http://127.0.0.2:{open}/',
  redirect: { status, location },
  ...more,
});

export const SSRF_CASES: readonly SsrfCase[] = [
  literal('loopback', '127.0.0.1'),
  literal('another loopback', '127.8.9.10'),
  literal('short form of three parts', '127.0.1'),
  literal('short form of two parts', '127.1'),
  literal('dword', '2130706433'),
  literal('hexadecimal dword', '0x7f000001'),
  literal('hexadecimal parts', '0x7f.0x0.0x0.0x1'),
  literal('octal parts', '0177.0.0.01'),
  literal('octal dword', '017700000001'),
  literal('mixed notations', '0x7f.0.1'),
  literal('trailing dot', '127.0.0.1.'),
  literal('percent-encoded', '%31%32%37.0.0.1'),
  literal('full-width digits', '１２７.０.０.１'),
  literal('circled digits', '①②⑦.⓪.⓪.①'),
  literal('ideographic full stops', '127。0。0。1'),
  literal('zero', '0'),
  literal('this network', '0.0.0.0'),
  literal('private class A', '10.0.0.1'),
  literal('private class B', '172.16.0.1'),
  literal('private class C', '192.168.1.1'),
  literal('carrier NAT', '100.64.0.1'),
  literal('broadcast', '255.255.255.255'),
  literal('multicast', '224.0.0.1'),
  literal('reserved', '240.0.0.1'),
  literal('documentation', '203.0.113.7'),
  literal('benchmarking', '198.18.0.1'),
  literal('protocol assignments', '192.0.0.192'),
  literal('metadata of most clouds', '169.254.169.254'),
  literal('metadata as dword', '2852039166'),
  literal('metadata in octal', '0251.0376.0251.0376'),
  literal('metadata of Alibaba Cloud', '100.100.100.200'),
  literal('platform address of Azure', '168.63.129.16'),
  literal('metadata of ECS tasks', '169.254.170.2'),
  literal('metadata over IPv6', '[fd00:ec2::254]'),
  literal('IPv6 loopback', '[::1]'),
  literal('IPv6 loopback in full', '[0000:0000:0000:0000:0000:0000:0000:0001]'),
  literal('IPv6 unspecified', '[::]'),
  literal('IPv4-mapped', '[::ffff:127.0.0.1]'),
  literal('IPv4-mapped in hex', '[::ffff:7f00:1]'),
  literal('IPv4-mapped metadata', '[::ffff:a9fe:a9fe]'),
  literal('IPv4-compatible', '[::127.0.0.1]'),
  literal('IPv4-translated', '[::ffff:0:127.0.0.1]'),
  literal('NAT64', '[64:ff9b::7f00:1]'),
  literal('NAT64 of metadata', '[64:ff9b::169.254.169.254]'),
  literal('NAT64 of a private address', '[64:ff9b::10.0.0.1]'),
  literal('local NAT64', '[64:ff9b:1::7f00:1]'),
  literal('NAT64 prefix of the network', '[2a00:64:64::7f00:1]'),
  literal('6to4', '[2002:7f00:1::]'),
  literal('Teredo', '[2001:0:4136:e378:8000:63bf:80ff:fffe]'),
  literal('unique local', '[fd12:3456:789a::1]'),
  literal('link-local', '[fe80::1]'),
  literal('site-local', '[fec0::1]'),
  literal('IPv6 multicast', '[ff02::1]'),
  literal('IPv6 documentation', '[2001:db8::1]'),
  literal('segment routing', '[5f00::1]'),
  { ...literal('link-local with a zone', '[fe80::1%25eth0]'), code: 'CONFIG_INVALID' },
  { ...named('localhost that a resolver calls public', ['93.184.215.14']), url: 'http://localhost:{port}/' },
  { ...named('LOCALHOST', ['127.0.0.1']), url: 'http://LOCALHOST:{port}/' },
  { ...named('localhost with the dot of the root', ['127.0.0.1']), url: 'http://localhost.:{port}/' },
  { ...named('a name below localhost', ['127.0.0.1']), url: 'http://erp.localhost:{port}/' },
  { ...named('localhost in circled letters', ['127.0.0.1']), url: 'http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ:{port}/' },
  { ...named('localhost.localdomain', ['127.0.0.1']), url: 'http://localhost.localdomain:{port}/' },
  { ...named('metadata by name', ['169.254.169.254']), url: 'http://metadata.google.internal:{port}/' },
  {
    ...named('metadata by a name that a resolver calls public', ['93.184.215.14']),
    url: 'http://metadata.google.internal./',
  },
  { ...named('address in a name', ['127.0.0.1']), url: 'http://127.0.0.1.nip.example:{port}/' },
  named('a name for loopback', ['127.0.0.1']),
  named('an alias (CNAME) of an internal name', ['10.1.2.3']),
  named('a name for IPv6 loopback', ['::1']),
  named('a name for an IPv4-mapped address', ['::ffff:127.0.0.1']),
  named('a name for a NAT64 address', ['64:ff9b::7f00:1']),
  named('a name for a link-local address with a zone', ['fe80::1%lo']),
  named('public and private answers', ['127.0.0.2', '127.0.0.1']),
  named('private and public answers', ['127.0.0.1', '127.0.0.2']),
  named('public IPv4 and private IPv6', ['127.0.0.2', 'fd00::1']),
  ...[301, 302, 303, 307, 308].map((status) =>
    redirected(`redirect ${status} to loopback`, status, 'http://127.0.0.1:{port}/'),
  ),
  redirected('redirect of a POST', 307, 'http://127.0.0.1:{port}/', {
    redirect: { status: 307, location: 'http://127.0.0.1:{port}/', method: 'POST' },
  }),
  redirected('redirect to metadata', 302, 'http://169.254.169.254/latest/meta-data/'),
  redirected('redirect to a name for loopback', 302, 'http://shop.example:{port}/', { answers: [['127.0.0.1']] }),
  redirected('redirect without a scheme', 302, '//127.0.0.1:{port}/'),
  redirected('redirect with backslashes', 302, '\\\\127.0.0.1:{port}\\'),
  redirected('redirect to a file', 302, 'file:///etc/passwd', { code: 'CONFIG_INVALID' }),
  redirected('redirect to another protocol', 302, 'gopher://127.0.0.1:{port}/_x', { code: 'CONFIG_INVALID' }),
  redirected('redirect with a user', 302, 'http://127.0.0.2@127.0.0.1:{port}/', { code: 'CONFIG_INVALID' }),
  redirected('redirect to the port of another protocol', 302, 'http://93.184.215.14:25/'),
  { title: 'user that looks like a host', url: 'http://shop.example@127.0.0.1:{port}/', code: 'CONFIG_INVALID' },
  { title: 'user with a backslash', url: 'http://127.0.0.1:{port}\\@shop.example/' },
  { title: 'file', url: 'file:///etc/passwd', code: 'CONFIG_INVALID' },
  { title: 'ftp', url: 'ftp://127.0.0.1:{port}/', code: 'CONFIG_INVALID' },
  { title: 'data', url: 'data:text/plain,x', code: 'CONFIG_INVALID' },
  { title: 'tabs and line ends in the host', url: 'http://127.0\t.0.1\n:{port}/' },
  { title: 'mail server of a public host', url: 'http://93.184.215.14:25/' },
  { title: 'secure mail server', url: 'https://93.184.215.14:465/' },
  { title: 'Redis of a public host', url: 'http://93.184.215.14:6379/' },
];
