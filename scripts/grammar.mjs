// Compiles grammar/matrix-calculus.ne into grammar/matrix-calculus.ts. Writes only on change; --check fails when the file is stale.
// nearleyc is not used: it empties its output on an error and lets undefined symbols pass.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import nearley from 'nearley';
import compile from 'nearley/lib/compile.js';
import generate from 'nearley/lib/generate.js';
import bootstrapped from 'nearley/lib/nearley-language-bootstrapped.js';
import lint from 'nearley/lib/lint.js';

const path = (name) => fileURLToPath(new URL(`../grammar/${name}`, import.meta.url));
const { version } = JSON.parse(readFileSync(new URL('../node_modules/nearley/package.json', import.meta.url), 'utf8'));

function fail(message) {
  console.error(`grammar: ${message}`);
  process.exit(1);
}

function compiled(text) {
  const parser = new nearley.Parser(nearley.Grammar.fromCompiled(bootstrapped));
  try {
    parser.feed(text);
  } catch (error) {
    fail(String(error.message).split('\n').slice(0, 6).join('\n'));
  }
  if (parser.results.length === 0) fail('matrix-calculus.ne ends too early');
  const grammar = compile(parser.results[0], { version });
  const warnings = [];
  lint(grammar, { out: { write: (warning) => warnings.push(warning.trim()) } });
  if (warnings.length > 0) fail(warnings.join('\n'));
  return generate(grammar, 'grammar');
}

const target = path('matrix-calculus.ts');
const fresh = compiled(readFileSync(path('matrix-calculus.ne'), 'utf8'));
if (!existsSync(target) || readFileSync(target, 'utf8') !== fresh) {
  if (process.argv.includes('--check')) fail('grammar/matrix-calculus.ts is stale: run npm run grammar');
  writeFileSync(target, fresh);
}
