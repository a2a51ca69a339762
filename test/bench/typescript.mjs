// `node --import ./test/bench/typescript.mjs test/bench/pipeline.bench.ts`: Node strips the types itself, but looks for
// the neighbour that TypeScript calls `./x.js` only under that name.
import { registerHooks } from 'node:module';

registerHooks({
  resolve(specifier, context, next) {
    const neighbour = specifier.startsWith('./') && context.parentURL?.endsWith('.ts');
    return next(neighbour ? specifier.replace(/\.js$/, '.ts') : specifier, context);
  },
});
