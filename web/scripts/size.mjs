// What a browser must fetch before the heaviest page stands, gzipped; fails above the budget.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const BUDGET_KB = 250;
const dist = join(import.meta.dirname, '..', 'dist');
const manifest = JSON.parse(readFileSync(join(dist, '.vite', 'manifest.json'), 'utf8'));

const gzipped = (file) => gzipSync(readFileSync(join(dist, file)), { level: 9 }).length;

/** A chunk's files and those of everything it imports. */
function filesOf(key, seen = new Set()) {
  const chunk = manifest[key];
  for (const file of [chunk.file, ...(chunk.css ?? []), ...(chunk.assets ?? [])]) seen.add(file);
  for (const other of chunk.imports ?? []) {
    if (!seen.has(manifest[other].file)) filesOf(other, seen);
  }
  return seen;
}

const entries = Object.keys(manifest).filter((key) => manifest[key].isEntry);
if (entries.length !== 1) throw new Error(`expected one entry in the manifest, found ${entries.length}`);
const [entry] = entries;

function firstLoad(page, ...parents) {
  const files = new Set(filesOf(entry));
  for (const chunk of [page, ...parents]) for (const file of filesOf(chunk)) files.add(file);
  return [...files].reduce((sum, file) => sum + gzipped(file), gzipped('index.html'));
}

// A contract's tabs stand inside its layout, so a tab's first load holds both.
const layout = 'src/contracts/ContractLayout.tsx';
const pages = manifest[entry].dynamicImports
  .map((page) => ({ page, bytes: page.endsWith('Tab.tsx') ? firstLoad(page, layout) : firstLoad(page) }))
  .sort((one, other) => other.bytes - one.bytes);

for (const { page, bytes } of pages) console.log(`${(bytes / 1000).toFixed(1).padStart(7)} kB  ${page}`);
const heaviest = pages[0].bytes / 1000;
console.log(`first load: at most ${heaviest.toFixed(1)} kB gzipped, budget ${BUDGET_KB} kB`);
if (heaviest > BUDGET_KB) process.exitCode = 1;
