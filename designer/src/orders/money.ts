import { locale } from '../texts/language.ts';

/** `1,250.00 EUR`: exact, whatever the number of digits, as the language writes it. `amount` is a decimal number. */
export function formatMoney({ amount, currency }: { amount: string; currency: string }): string {
  const digits = new Intl.NumberFormat(locale(), { minimumFractionDigits: 2, maximumFractionDigits: 100 });
  return `${digits.format(amount as `${number}`)} ${currency}`;
}
