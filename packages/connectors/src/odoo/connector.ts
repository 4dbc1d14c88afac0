/** The palette group of the nodes that work with Odoo. */
export const ODOO = 'Odoo';
