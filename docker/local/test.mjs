// `npm test`: packages, fresh services, check, build, every test. Runs on Node 20 until the packages bring Node 24.
import { entry } from './fail.mjs';
import { onNode24 } from './install.mjs';

await entry((signal) =>
  onNode24(signal, async () => {
    const { verify } = await import('./verify.mjs');
    return verify(signal, process.argv.slice(2));
  }),
);
