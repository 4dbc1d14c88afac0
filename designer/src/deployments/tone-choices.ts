import type { Environment } from '@crossdock/api-contract';
import { deploymentTexts } from '../texts/index.ts';

const TONES: readonly Environment['tone'][] = ['neutral', 'amber', 'red'];

/** The colours that an environment may have, to choose from. */
export const TONE_CHOICES = TONES.map((value) => ({ value, label: deploymentTexts.environment.tones[value] }));
