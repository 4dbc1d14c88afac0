import type { OrderIdentifier } from '@crossdock/api-contract';
import { orderTexts } from '../texts/index.ts';
import { CopyId } from '../ui/index.ts';
import classes from './OrderPage.module.css';

/** What the order and its documents are called in every system; a click copies. */
export function Identifiers({ identifiers }: { identifiers: readonly OrderIdentifier[] }) {
  return (
    <section className={classes.section}>
      <h2 className={classes.title}>{orderTexts.identifiers.title}</h2>
      <dl className={classes.names}>
        {identifiers.map(({ system, type, scope, value }) => {
          const name = [system, type, scope].filter(Boolean).join(' · ');
          return (
            <div key={`${name} ${value}`}>
              <dt>{name}</dt>
              <dd>
                <CopyId value={value} what={name} />
              </dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}
