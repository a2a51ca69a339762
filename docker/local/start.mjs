// `npm start`: packages, services, build, migrations, server. Runs on Node 20 until the packages bring Node 24.
import { entry } from './fail.mjs';
import { onNode24 } from './install.mjs';

await entry((signal) =>
  onNode24(signal, async () => {
    const { serve } = await import('./serve.mjs');
    return serve(signal);
  }),
);
