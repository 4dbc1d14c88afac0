import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const runtime = `http://127.0.0.1:${process.env.CROSSDOCK_PORT ?? 4400}`;

/**
 * A test function of @rjsf/core imports this package, which is not installed: it compiles schemas with `new Function`, which the policy refuses.
 * Nothing calls that function.
 */
const TEST_VALIDATOR = '@rjsf/validator-ajv8';

// The runtime serves the result under a policy without inline scripts, eval, or fonts from data URLs.
export default defineConfig({
  plugins: [react()],
  worker: { format: 'es' },
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // By which scripts/first-load.mjs adds up what a browser loads first.
    manifest: true,
    // Monaco and its workers are one lazy chunk each and cannot be smaller.
    chunkSizeWarningLimit: 8000,
    // The import is shaken off with the function.
    rolldownOptions: { external: [TEST_VALIDATOR] },
  },
  // While developing nothing is shaken off: there it finds an empty module.
  optimizeDeps: {
    rolldownOptions: {
      plugins: [
        {
          name: 'empty-test-validator',
          resolveId: (id: string) => (id === TEST_VALIDATOR ? `\0${id}` : undefined),
          load: (id: string) => (id === `\0${TEST_VALIDATOR}` ? 'export default undefined' : undefined),
        },
      ],
    },
  },
  server: {
    host: '127.0.0.1',
    proxy: {
      '/api': runtime,
      '/hooks': runtime,
      '/healthz': runtime,
    },
  },
});
