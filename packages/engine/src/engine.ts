import { FlowError } from '@crossdock/errors';
import type { Engine, EngineOptions } from './engine-options.ts';
import type { EnginePorts } from './ports.ts';

/** Makes the engine that carries executions on: see `ARCHITECTURE.md`. */
export function createEngine(_ports: EnginePorts, _options: EngineOptions = {}): Engine {
  throw new FlowError('SYSTEM_UNEXPECTED', { details: { reason: 'the engine is being assembled' } });
}
