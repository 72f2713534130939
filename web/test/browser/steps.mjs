// Steps of a journey: named, timed, reported one a line.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

const RESULTS = join(import.meta.dirname, '..', '..', 'test-results');

export function createSteps(page) {
  let passed = 0;
  const step = async (name, run) => {
    const start = performance.now();
    try {
      await run();
    } catch (error) {
      mkdirSync(RESULTS, { recursive: true });
      const file = join(RESULTS, `${name.replaceAll(/\W+/g, '-')}.png`);
      await page.screenshot({ path: file, fullPage: true }).catch(() => {});
      console.log(`failed: ${name}\n  at ${page.url()}\n  see ${file}`);
      throw error;
    }
    passed += 1;
    console.log(`ok      ${name} (${Math.round(performance.now() - start)} ms)`);
  };
  return { step, passed: () => passed };
}
