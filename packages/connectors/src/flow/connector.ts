/** The palette group of flows that use other flows. */
export const FLOW = 'Flow';
