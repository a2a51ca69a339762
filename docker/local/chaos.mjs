// `npm run chaos -- [--minutes 20] [--seed 1] [--outage 10]`: everything is killed and frozen while lines come in, then
// counted; and Elasticsearch is away for some minutes.
import { parseArgs } from 'node:util';
import { entry } from './fail.mjs';
import { onNode24 } from './install.mjs';

const { values } = parseArgs({
  options: { minutes: { type: 'string' }, seed: { type: 'string' }, outage: { type: 'string' } },
});

await entry((signal) =>
  onNode24(signal, async () => {
    const { campaign } = await import('./verify.mjs');
    const { minutes = '20', seed = '1', outage = '10' } = values;
    return campaign(signal, 'chaos', { CHAOS_MINUTES: minutes, CHAOS_SEED: seed, CHAOS_OUTAGE: outage });
  }),
);
