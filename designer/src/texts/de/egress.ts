import type { Translation } from '../translation.ts';

export const egressTexts: Translation['egressTexts'] = {
  hint: 'Öffentliche Adressen dürfen aufgerufen werden. Private werden abgelehnt, wenn sie nicht hier für diese Umgebung erlaubt sind.',
  link: (env) => `Private Hosts von ${env}`,
  readOnly: 'Wer Umgebungen ändern darf, kann diese Liste ergänzen.',
  formLabel: (env) => `Privaten Host in ${env} erlauben`,
  field: 'Host oder Bereich',
  fieldHint:
    'Ein Hostname oder eine Adresse, mit Port, um nur diesen zu öffnen, oder ein Bereich: erp.internal:8069, [fd00::1]:443, 10.1.0.0/16.',
  missing: 'Geben Sie einen Host oder einen Bereich ein.',
  wrong: 'Schreiben Sie Host, Host:Port, [IPv6]:Port oder einen Bereich wie 10.1.0.0/16, ohne http:// und Pfad.',
  twice: 'Das ist schon erlaubt.',
  opens: (reach) => `Öffnet ${reach}.`,
  hostAnyPort: (host) => `${host} an jedem Port`,
  hostPort: (host, port) => `${host} nur an Port ${port}`,
  range: (count, one) => `${count} ${one ? 'Adresse' : 'Adressen'} an jedem Port`,
  powerOfTwo: (bits) => `2^${bits}`,
  allow: 'Erlauben',
  allowTitle: (rule, env) => `${rule} in ${env} erlauben`,
  allowEffect: (reach, env) =>
    `Jeder Flow und jede Verbindung von ${env} darf innerhalb einer Sekunde ${reach} aufrufen.`,
  metadata: (address) =>
    `Darin liegt ${address}, wo Clouds die Zugangsdaten dieser Maschine jedem geben, der von ihr aus fragt.`,
  allowed: (rule, env) => `${rule} darf aus ${env} aufgerufen werden.`,
  label: (env) => `Private Hosts, die ${env} aufrufen darf`,
  rule: 'Erlaubt',
  reach: 'Öffnet',
  from: 'Festgelegt von',
  ofEnvironment: (env) => `${env}, auf dieser Seite`,
  ofInstallation: 'der Installation: CROSSDOCK_EGRESS_ALLOW oder ihrer Sandbox',
  none: (env) => `${env} ruft nur öffentliche Adressen auf.`,
  remove: 'Entfernen',
  removeOf: (rule) => `${rule} entfernen`,
  removeTitle: (rule, env) => `${rule} aus ${env} entfernen`,
  removeEffect: (rule, env) =>
    `Knoten und Verbindungen von ${env}, die ${rule} aufrufen, werden innerhalb einer Sekunde abgelehnt, wenn keine andere Zeile es erlaubt. Ihre Ausführungen scheitern und können erneut ausgeführt werden, sobald es wieder erlaubt ist.`,
  removed: (rule, env) => `${rule} darf aus ${env} nicht mehr aufgerufen werden.`,
  refusedTitle: 'Abgelehnt, wenn nicht erlaubt',
  refused: [
    { what: 'Diese Maschine', which: 'localhost, 127.0.0.0/8, ::1' },
    { what: 'Private Netze', which: '10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10, fc00::/7' },
    {
      what: 'Link-local und Clouds',
      which:
        '169.254.0.0/16, fe80::/10, metadata.google.internal und Ähnliches: nur über Adresse oder Bereich zu öffnen, nie über einen Namen',
    },
    {
      what: 'Reserviert und Multicast',
      which: '0.0.0.0/8, 192.0.2.0/24, 198.18.0.0/15, 224.0.0.0/4 und andere, die die IANA niemandem gegeben hat',
    },
    {
      what: 'Ports anderer Protokolle',
      which: 'Über HTTP: 22, 25, 6379 und andere, auch an öffentlichen Adressen',
    },
  ],
  refusedFoot:
    'Ein Name wird zuerst aufgelöst und nach jeder seiner Adressen beurteilt. Ein abgelehnter Aufruf endet mit CONFIG_EGRESS_BLOCKED.',
};
