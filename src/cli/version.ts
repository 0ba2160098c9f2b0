/** Which matgrad is this? */
import { readFileSync } from 'node:fs';

/** package.json stands above src/ and above dist/src/ alike. */
export function version(): string {
  for (let folder = new URL('.', import.meta.url); ; folder = new URL('..', folder)) {
    const manifest = manifestIn(folder);
    if (manifest?.name === 'matgrad') return manifest.version;
    if (folder.pathname === '/') return 'unknown';
  }
}

interface Manifest {
  readonly name: string;
  readonly version: string;
}
function manifestIn(folder: URL): Manifest | undefined {
  try {
    return JSON.parse(readFileSync(new URL('package.json', folder), 'utf8')) as Manifest;
  } catch {
    return undefined;
  }
}
