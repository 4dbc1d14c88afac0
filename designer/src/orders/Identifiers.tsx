import type { OrderIdentifier } from '@crossdock/api-contract';
import { IconExternalLink } from '@tabler/icons-react';
import { orderTexts } from '../texts/index.ts';
import { CopyId } from '../ui/index.ts';
import { identifierName } from './identifier-words.ts';
import classes from './OrderPage.module.css';

/** What the order and its documents are called in every system; a click copies, and a link opens it where it is known where. */
export function Identifiers({ identifiers }: { identifiers: readonly OrderIdentifier[] }) {
  return (
    <section className={classes.section}>
      <h2 className={classes.title}>{orderTexts.identifiers.title}</h2>
      <dl className={classes.names}>
        {identifiers.map(({ system, type, scope, value, url }) => {
          const name = identifierName({ system, type, scope });
          return (
            <div key={`${system} ${type} ${scope} ${value}`}>
              <dt>{name}</dt>
              <dd>
                <CopyId value={value} what={name} />
                {url && (
                  <a className="cd-link" href={url} target="_blank" rel="noreferrer">
                    {orderTexts.identifiers.open}
                    <IconExternalLink size={12} aria-hidden />
                  </a>
                )}
              </dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}
