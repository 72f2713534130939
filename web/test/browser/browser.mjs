// Chromium as the journey drives it: a fresh profile, and an eye on what must never happen.

import { setTimeout as delay } from 'node:timers/promises';
import { chromium } from 'playwright-core';

const EXECUTABLE = process.env.CHROMIUM ?? '/usr/bin/chromium';
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** What a failed request says on the console; the journey provokes these on purpose. */
const EXPECTED = /Failed to load resource: the server responded with a status of (401|404|503)/;

export async function open(base) {
  const browser = await chromium.launch({ executablePath: EXECUTABLE, args: FLAGS });
  const context = await browser.newContext({
    baseURL: base,
    viewport: { width: 1280, height: 860 },
    colorScheme: 'light',
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && !EXPECTED.test(message.text())) complaints.push(message.text());
  });
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(base) && !url.startsWith('data:')) complaints.push(`request to another host: ${url}`);
  });
  return { browser, context, page, complaints };
}

/** Asks until nothing is thrown: counting and reading a page do not wait for what is still being drawn. */
export async function eventually(check) {
  for (const end = performance.now() + 10_000; ; await delay(50)) {
    try {
      return await check();
    } catch (error) {
      if (performance.now() > end) throw error;
    }
  }
}

/** Waits until nothing is loading any more. */
export async function settled(page) {
  await page.waitForLoadState('networkidle');
  await page.locator('main h1').first().waitFor();
  await page.waitForFunction(
    () => !document.querySelector('[role=status] .mantine-Skeleton-root, [aria-busy=true]'),
  );
}
