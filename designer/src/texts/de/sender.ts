import type { Translation } from '../translation.ts';

export const senderTexts: Translation['senderTexts'] = {
  title: 'Absender einrichten',
  environment: 'Umgebung',
  address: 'Adresse',
  header: 'Header',
  parameter: 'Abfrageparameter',
  call: 'Selbst aufrufen',
  callHint: 'Setzen Sie das Geheimnis an die Stelle der Punkte. Braucht curl und openssl.',
  noPath: 'Geben Sie dem Hook zuerst einen Pfad; dann steht hier seine Adresse.',
  refused: (count, env, why) =>
    `In den letzten 24 h ${count === 1 ? 'wurde eine Anfrage' : `wurden ${count} Anfragen`} in ${env} abgelehnt: ${why}.`,
  refusedLink: 'Zeigen, wann',
  open: 'Jeder, der die Adresse kennt, darf ihn aufrufen. Wählen Sie eine Authentifizierung, bevor er echte Aufträge annimmt; prod lehnt offene Hooks ab, wenn das nicht bestätigt wird.',
  connection: (name) =>
    name
      ? `Das Geheimnis ist das der Verbindung „${name}“ in der Umgebung.`
      : 'Nennen Sie oben die Verbindung, die das Geheimnis enthält.',
  steps: {
    'standard-webhooks': [
      'Geben Sie die Adresse beim Absender ein.',
      'Kopieren Sie sein Geheimnis (whsec_…) oder seinen öffentlichen Schlüssel (whpk_…) in die Verbindung. Wo er nach einem Geheimnis fragt, erzeugen Sie eines in der Verbindung.',
      'Jeder Versuch trägt webhook-id, webhook-timestamp und webhook-signature; jede Bibliothek für Standard Webhooks macht das.',
    ],
    shopify: [
      'Im Shop unter Einstellungen › Benachrichtigungen › Webhooks oder in der Konfiguration der App: Fügen Sie die Adresse hinzu, Format JSON.',
      'Kopieren Sie das Geheimnis unter der Liste (bei einer App: ihr Client-Geheimnis) in die Verbindung.',
    ],
    github: [
      'Erzeugen Sie ein Geheimnis in der Verbindung.',
      'Im Repository unter Settings › Webhooks: Fügen Sie die Adresse hinzu, Inhaltstyp application/json und dieses Geheimnis.',
    ],
    stripe: [
      'In Stripe unter Developers › Webhooks: Fügen Sie einen Endpunkt mit der Adresse hinzu.',
      'Kopieren Sie sein Signaturgeheimnis (whsec_…, mit dem Präfix) in die Verbindung.',
      'Stripe signiert jeden Versuch neu: Geben Sie dem Flow den Dublettenschlüssel „id“, damit ein Ereignis, das noch einmal kommt, nur einmal getan wird.',
    ],
    woocommerce: [
      'Erzeugen Sie ein Geheimnis in der Verbindung.',
      'In WooCommerce unter Einstellungen › Erweitert › Webhooks: Fügen Sie einen hinzu, mit der Adresse als Liefer-URL, diesem Geheimnis und dem Status Aktiv.',
      'Der Ping, den WooCommerce beim Speichern sendet, ist nicht signiert und wird abgelehnt; seine Lieferungen sind signiert.',
    ],
    basic: ['Geben Sie beim Absender die Adresse sowie Benutzer und Passwort der Verbindung ein.'],
    bearer: [
      'Erzeugen Sie ein Geheimnis in der Verbindung.',
      'Geben Sie beim Absender die Adresse ein und das Geheimnis als Bearer-Token.',
    ],
    'api-key': [
      'Erzeugen Sie ein Geheimnis in der Verbindung.',
      'Geben Sie beim Absender die Adresse ein und das Geheimnis als Schlüssel unter dem Namen unten.',
    ],
  },
};
