// Puts a gzipped twin beside every file that is much smaller by it: the server sends what a browser takes.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const TEXT = /\.(html|js|css|svg)$/;
const WORTH_IT = 0.9;
const dist = join(import.meta.dirname, '..', 'dist');

for (const file of readdirSync(dist, { recursive: true }).filter((file) => TEXT.test(file))) {
  const plain = readFileSync(join(dist, file));
  const packed = gzipSync(plain, { level: 9 });
  if (packed.length < plain.length * WORTH_IT) writeFileSync(join(dist, `${file}.gz`), packed);
}
