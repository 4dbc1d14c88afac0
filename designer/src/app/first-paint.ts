import { applyStoredColorScheme } from './color-scheme.ts';

applyStoredColorScheme();
