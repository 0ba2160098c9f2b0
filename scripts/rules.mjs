// Compiles rules/*.ts to src/derive/compiled-rules.ts, so that starting up does not parse them. `--check` only compares.
import { readFileSync, writeFileSync } from 'node:fs';

const dist = new URL('../dist/', import.meta.url);
const { storeCatalogue } = await import(new URL('src/derive/store.js', dist));
const { ruleSets } = await import(new URL('rules/sets.js', dist));
const data = JSON.stringify(storeCatalogue(ruleSets));
const header = '// Made by scripts/rules.mjs from rules/. Do not edit.\n';
const source = `${header}import type { StoredCatalogue } from './store.ts';\n\nexport const compiled: StoredCatalogue = ${data};\n`;
const target = new URL('../src/derive/compiled-rules.ts', import.meta.url);

let current = '';
try {
  current = readFileSync(target, 'utf8');
} catch {
  // first build
}
if (current !== source) {
  if (process.argv.includes('--check')) {
    console.error('src/derive/compiled-rules.ts is stale: run `npm run build`');
    process.exit(1);
  }
  writeFileSync(target, source);
}
writeFileSync(new URL('src/derive/compiled-rules.js', dist), `${header}export const compiled = ${data};\n`);
