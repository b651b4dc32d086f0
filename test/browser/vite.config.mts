// How the page is built. `npx vite test/browser` shows it in a browser of one's own.
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  // The table of operations draws its inputs by a hash from Node; here it has a stand-in.
  resolve: { alias: { 'node:crypto': `${import.meta.dirname}/hash.ts` } },
});
