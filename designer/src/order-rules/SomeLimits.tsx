import type { Span } from '@crossdock/orders';
import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { orderRuleTexts } from '../texts/index.ts';
import { Limit } from './Limit.tsx';
import classes from './OrderRulesPage.module.css';
import { type Limits, MODES, withLimitOf } from './rule-draft.ts';

const t = orderRuleTexts.dialog;

/** Other limits by how the shipment travels. */
export function LimitsByMode({
  value = {},
  standardOf,
  onChange,
}: {
  value: Limits | undefined;
  standardOf: (mode: string) => Span | undefined;
  onChange: (next: Limits | undefined) => void;
}) {
  return (
    <fieldset className={classes.chosen}>
      <legend>{t.byMode}</legend>
      {MODES.map((mode) => (
        <Limit
          key={mode}
          label={t.modes[mode]}
          value={value[mode]}
          standard={standardOf(mode)}
          onChange={(span) => onChange(withLimitOf(value, mode, span))}
        />
      ))}
    </fieldset>
  );
}

/** Other limits by partner. One that is added has the limit of all until it is given its own. */
export function LimitsByPartner({
  value = {},
  standardOf,
  onChange,
}: {
  value: Limits | undefined;
  standardOf: (partner: string) => Span | undefined;
  onChange: (next: Limits | undefined) => void;
}) {
  const [partners, setPartners] = useState<readonly string[]>(Object.keys(value));
  const [name, setName] = useState('');
  const added = name.trim();
  const isNew = added !== '' && !partners.includes(added);
  const add = () => {
    if (!isNew) return;
    setPartners([...partners, added]);
    setName('');
  };
  return (
    <fieldset className={classes.chosen}>
      <legend>{t.byPartner}</legend>
      {partners.map((partner) => (
        <div key={partner} className={classes.removable}>
          <Limit
            label={partner}
            value={value[partner]}
            standard={standardOf(partner)}
            onChange={(span) => onChange(withLimitOf(value, partner, span))}
          />
          <ActionIcon
            variant="subtle"
            aria-label={t.dropPartner(partner)}
            onClick={() => {
              setPartners(partners.filter((one) => one !== partner));
              onChange(withLimitOf(value, partner, undefined));
            }}
          >
            <IconX size={16} aria-hidden />
          </ActionIcon>
        </div>
      ))}
      <div className={classes.removable}>
        <TextInput
          label={t.partner}
          description={t.partnerHint}
          value={name}
          maxLength={300}
          onChange={(event) => setName(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !isNew) return;
            event.preventDefault();
            add();
          }}
        />
        <Button variant="default" disabled={!isNew} onClick={add}>
          {t.addPartner}
        </Button>
      </div>
    </fieldset>
  );
}
