interface ShopLine {
  id: number;
  sku: string;
  quantity: number;
  price: string;
  tax_lines: { price: string }[];
}

export interface ShopOrder {
  name: string;
  created_at: string;
  currency: string;
  email: string;
  customer: { id: number; first_name: string; last_name: string };
  shipping_address: Record<'name' | 'address1' | 'city' | 'zip' | 'country_code', string>;
  line_items: ShopLine[];
}

/** `mapping.jsonata` as a programmer would write it, for an order that is as it should be. */
export function mapOrder(order: ShopOrder): object {
  const { customer, shipping_address: to } = order;
  let total = 0;
  for (const line of order.line_items) total += Number(line.price) * line.quantity;
  return {
    orderNo: order.name,
    channel: 'shopify',
    orderedAt: order.created_at,
    currency: order.currency,
    buyer: {
      ref: String(customer.id),
      name: `${customer.first_name} ${customer.last_name}`,
      email: order.email.toLowerCase(),
    },
    shipTo: { name: to.name, street: to.address1, city: to.city, postalCode: to.zip, country: to.country_code },
    lines: order.line_items.filter((line) => line.quantity > 0).map(mapLine),
    total: cents(total),
  };
}

function mapLine({ id, sku, quantity, price, tax_lines }: ShopLine): object {
  const unitPrice = Number(price);
  let tax = 0;
  for (const one of tax_lines) tax += Number(one.price);
  return { lineNo: id + 1, sku, qty: quantity, unitPrice, amount: cents(unitPrice * quantity), tax };
}

const cents = (value: number): number => Math.round(value * 100) / 100;
