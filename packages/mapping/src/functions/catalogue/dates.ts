import { entry, type FunctionEntry, failsWith, gives } from './entry.ts';

const PICTURE = 'such as "[Y0001]-[M01]-[D01]"; ISO 8601 by default';

export const dateEntries: readonly FunctionEntry[] = [
  entry(
    'now(picture?: string, zone?: string): string',
    'The time at which the execution came here; the same however often it is repeated.',
    { picture: PICTURE, zone: 'an offset such as "+0100"' },
    gives('$now()', '2026-11-24T09:14:03.000Z'),
    gives('$now("[D01].[M01].[Y0001]")', '24.11.2026'),
  ),
  entry('millis(): number', 'The time of $now in milliseconds since 1970.', {}, gives('$millis()', 1_795_511_643_000)),
  entry(
    'fromMillis(-millis: number, picture?: string, zone?: string): string',
    'The time, given in milliseconds since 1970, as text.',
    { picture: PICTURE, zone: 'an offset such as "+0100"' },
    gives('$fromMillis(1510067557121)', '2017-11-07T15:12:37.121Z'),
    gives('$fromMillis(1510067557121, "[M01]/[D01]/[Y0001] [h#1]:[m01][P]")', '11/07/2017 3:12pm'),
  ),
  entry(
    'toMillis(-text: string, picture?: string): number',
    'The milliseconds since 1970 of the time that a text writes; $isoDate reads more notations.',
    { picture: PICTURE },
    gives('$toMillis("2017-11-07T15:12:37.121Z")', 1_510_067_557_121),
    gives('$toMillis("07.11.2017", "[D01].[M01].[Y0001]")', 1_510_012_800_000),
    failsWith('$toMillis("07.11.2017")', 'D3110'),
  ),
];
