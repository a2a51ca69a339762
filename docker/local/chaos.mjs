// `npm run chaos -- [--minutes 20] [--seed 1]`: everything is killed and frozen while lines come in, then counted.
import { parseArgs } from 'node:util';
import { entry } from './fail.mjs';
import { onNode24 } from './install.mjs';

const { values } = parseArgs({ options: { minutes: { type: 'string' }, seed: { type: 'string' } } });

await entry((signal) =>
  onNode24(signal, async () => {
    const { campaign } = await import('./verify.mjs');
    return campaign(signal, 'chaos', { CHAOS_MINUTES: values.minutes ?? '20', CHAOS_SEED: values.seed ?? '1' });
  }),
);
