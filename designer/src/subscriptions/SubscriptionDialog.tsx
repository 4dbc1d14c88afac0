import type { Subscription } from '@crossdock/api-contract';
import { eventCatalogue, type SubscriptionSettings, typeOf } from '@crossdock/orders';
import { NumberInput, Select, SimpleGrid, TagsInput, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { connectionsQuery, useSaveSubscription } from '../api/index.ts';
import { subscriptionTexts } from '../texts/index.ts';
import { FormDialog, notifyDone } from '../ui/index.ts';
import { draftErrors, draftOf, type SubscriptionDraft, settingsOf, signingConnections } from './subscription-draft.ts';
import classes from './subscriptions.module.css';

const t = subscriptionTexts.dialog;

const TYPES = [...Map.groupBy(eventCatalogue, ({ group }) => group)].map(([group, events]) => ({
  group: group as string,
  items: events.map(({ name }) => typeOf(name) as string),
}));

/** Adds a subscription or changes one. */
export function SubscriptionDialog({
  env,
  subscription,
  onClose,
}: {
  env: string;
  subscription: Subscription | undefined;
  onClose: () => void;
}) {
  const before = subscription?.settings as SubscriptionSettings | undefined;
  const save = useSaveSubscription(env);
  // What is made behind the link below, in another tab, is offered as soon as this one is looked at again.
  const connections = useQuery({ ...connectionsQuery, refetchOnWindowFocus: 'always' }).data;
  const [draft, setDraft] = useState(() => draftOf(before));
  const { isReady, errors } = draftErrors(draft);
  const set = (change: Partial<SubscriptionDraft>) => setDraft((old) => ({ ...old, ...change }));
  const names = signingConnections(connections ?? [], env).map(({ name }) => name);
  const submit = () => {
    if (!isReady) return;
    save.mutate(
      { subscriptionId: subscription?.subscriptionId, settings: settingsOf(draft) },
      {
        onSuccess: () => {
          notifyDone(t.saved(draft.name.trim()));
          onClose();
        },
      },
    );
  };
  return (
    <FormDialog
      title={before ? t.editTitle(before.name) : t.addTitle}
      submit={t.submit}
      busy={save.isPending}
      error={save.error}
      disabled={!isReady}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextInput
        label={t.name}
        value={draft.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
        maxLength={100}
        data-autofocus
      />
      <div>
        <Select
          label={t.connection}
          description={t.connectionHint}
          {...(connections && names.length === 0 ? { placeholder: t.connectionNone(env) } : {})}
          data={draft.connection === '' || names.includes(draft.connection) ? names : [...names, draft.connection]}
          value={draft.connection === '' ? null : draft.connection}
          onChange={(connection) => connection && set({ connection })}
          allowDeselect={false}
          searchable
        />
        <Link
          to="/connections"
          search={{ env, open: 'new', type: 'http' }}
          target="_blank"
          className={`cd-link ${classes.beside}`}
        >
          {t.connectionLink}
        </Link>
      </div>
      <TextInput
        label={t.path}
        description={t.pathHint}
        value={draft.path}
        onChange={(event) => set({ path: event.currentTarget.value })}
        error={errors.path}
        maxLength={500}
      />
      <TagsInput
        label={t.types}
        description={t.typesHint}
        data={TYPES}
        value={[...draft.types]}
        onChange={(types) => set({ types })}
        error={errors.types}
        maxDropdownHeight={240}
      />
      <SimpleGrid cols={2} spacing="sm">
        <TagsInput
          label={t.partners}
          description={t.partnersHint}
          value={[...draft.partners]}
          onChange={(partners) => set({ partners })}
          error={errors.partners}
        />
        <TagsInput
          label={t.channels}
          description={t.channelsHint}
          value={[...draft.channels]}
          onChange={(channels) => set({ channels })}
          error={errors.channels}
        />
      </SimpleGrid>
      <NumberInput
        label={t.giveUp}
        description={t.giveUpHint}
        value={draft.giveUpAfterHours}
        onChange={(giveUpAfterHours) => set({ giveUpAfterHours })}
        error={errors.giveUpAfterHours}
        min={1}
        allowDecimal={false}
      />
    </FormDialog>
  );
}
