import { enableCompileCache } from 'node:module';

// A worker process: started by its parent, told what to do over IPC, gone with its parent.

// Ctrl-C and a closed terminal reach the whole process group; the parent says when to drain.
for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined);
process.on('disconnect', () => process.exit(0));
enableCompileCache();
await import('./worker-process.ts');
