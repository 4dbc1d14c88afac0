import { enableCompileCache } from 'node:module';

// A worker of the crash sweep: the engine with every node type on the real bus. Dies at the moment that its parent names.
enableCompileCache();
process.once('disconnect', () => process.exit(0));
await import('./sweep-worker.ts');
