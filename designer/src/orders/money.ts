/** `1,250.00 EUR`: exact, whatever the number of digits. */
export function formatMoney({ amount, currency }: { amount: string; currency: string }): string {
  const [whole = '0', fraction = ''] = amount.split('.');
  const cents = fraction.replace(/0+$/, '').padEnd(2, '0');
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${cents} ${currency}`;
}
