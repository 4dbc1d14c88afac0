import { LINE_QUANTITIES, type OrderDetail, type OrderLine } from '@crossdock/api-contract';
import { orderTexts } from '../texts/index.ts';
import { formatMoment, PlainTable } from '../ui/index.ts';
import { lineName } from './event-words.ts';
import classes from './OrderPage.module.css';

const t = orderTexts.lines;
/** Shown only where a line has some. */
const RARE: ReadonlySet<string> = new Set(['returned', 'cancelled', 'backordered']);

/** How much of each line is how far, in the line's unit. */
export function LineGrid({ order: { lines } }: { order: OrderDetail }) {
  const shown = LINE_QUANTITIES.filter(
    (name) => !RARE.has(name) || lines.some(({ quantities }) => quantities[name] !== '0'),
  );
  return (
    <section className={classes.section}>
      <h2 className={classes.title}>{t.title}</h2>
      {lines.length === 0 ? (
        <p className={classes.none}>{t.none}</p>
      ) : (
        <div className={classes.wide}>
          <PlainTable
            label={t.title}
            heads={[
              { text: '#' },
              { text: t.item },
              ...shown.map((name) => ({ text: t.quantities[name], isNumber: true })),
              { text: t.uom },
              { text: t.promised },
            ]}
          >
            {lines.map((line) => (
              <tr key={line.lineKey}>
                <td title={line.lineKey} className="cd-num">
                  {lineName(line.lineKey)}
                </td>
                <td>
                  <span className="cd-mono">{line.sku}</span>
                  {line.path !== 'stock' && <span className="cd-dim"> {line.path}</span>}
                  {!line.requiresFulfilment && <span className="cd-dim"> {t.service}</span>}
                </td>
                {shown.map((name) => (
                  <td key={name} data-number className={lookOf(name, line)}>
                    {line.quantities[name]}
                  </td>
                ))}
                <td>{line.uom}</td>
                <td>
                  {line.promisedTo && formatMoment(line.promisedTo)}
                  {line.backorderPromised && (
                    <span className="cd-dim">
                      {' '}
                      {t.backorder} {formatMoment(line.backorderPromised)}
                    </span>
                  )}
                </td>
              </tr>
            ))}
          </PlainTable>
        </div>
      )}
    </section>
  );
}

/** Nothing is dim; what has begun and is less than due stands out. */
function lookOf(name: (typeof LINE_QUANTITIES)[number], { quantities }: OrderLine): string | undefined {
  if (quantities[name] === '0') return classes.zero;
  const isWay = !RARE.has(name) && name !== 'ordered';
  return isWay && Number(quantities[name]) < Number(quantities.due) ? classes.short : undefined;
}
