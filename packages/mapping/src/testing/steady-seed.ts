import fc from 'fast-check';

/** Properties of the gate are always tried on the same values: it says the same of the same code. `FC_SEED` tries others. */
fc.configureGlobal({ seed: Number(process.env.FC_SEED ?? 20_261_125) });
