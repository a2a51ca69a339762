// `npm run bench -- NAME`: one benchmark of test/bench on services of its own. Its last line is one JSON object.
import { entry } from './fail.mjs';
import { onNode24 } from './install.mjs';

await entry((signal) =>
  onNode24(signal, async () => {
    const { measure } = await import('./measure.mjs');
    return measure(signal, process.argv[2]);
  }),
);
