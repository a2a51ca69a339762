import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Files next to the server's, from its own origin only: nothing is inlined, the content security policy forbids it. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    outDir: '../../dist/console',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2023',
  },
});
