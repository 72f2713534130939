// The whole journey of a person through the admin UI, in Debian's Chromium, against a running server.
//
//   ZONECUT_URL           where it listens
//   ZONECUT_SIGN_IN_CODE  a one-time code nobody has used
//   ZONECUT_SCREENSHOTS   a folder to put the README's pictures in; none are taken without it

import assert from 'node:assert/strict';
import { examine } from './accessibility.mjs';
import { open } from './browser.mjs';
import { contractSteps } from './contract-steps.mjs';
import { frameSteps } from './frame-steps.mjs';
import { governanceSteps } from './governance-steps.mjs';
import { takePictures } from './pictures.mjs';
import { productSteps } from './product-steps.mjs';
import { createSteps } from './steps.mjs';

const { ZONECUT_URL: url, ZONECUT_SIGN_IN_CODE: code, ZONECUT_SCREENSHOTS: pictures } = process.env;
if (!url || !code) {
  console.error('set ZONECUT_URL and ZONECUT_SIGN_IN_CODE: `make run` prints both');
  process.exit(2);
}
const base = url.replace(/\/$/, '');
const { browser, context, page, complaints } = await open(base);
const { step, passed } = createSteps(page);

const contract = '/contracts/recursive-queries-br';
const pages = {
  products: '/products',
  'products, none found': '/products?q=no-such-thing-anywhere',
  product: '/products/recursive-queries-br',
  contracts: '/contracts',
  schema: contract,
  slas: `${contract}/slas`,
  servers: `${contract}/servers`,
  versions: `${contract}/versions?before=1.1.0&after=2.0.0`,
  'who sees what': `${contract}/access?purpose=operations`,
  policies: '/policies',
  policy: '/policies/engine.global.trino-br',
  incidents: '/quality',
  expectations: '/quality?show=expectations',
  audit: '/audit',
  'not found': '/no/such/page',
};

try {
  await frameSteps({ step, page, context, code });
  await productSteps({ step, page });
  await contractSteps({ step, page, contract });
  await governanceSteps({ step, page });
  for (const [name, path] of Object.entries(pages)) {
    await step(`${name}: accessible, by keys, narrow`, () => examine(page, name, path, { narrow: true }));
  }
  await page.emulateMedia({ colorScheme: 'dark' });
  for (const [name, path] of Object.entries(pages)) {
    await step(`${name}: accessible in the dark`, () => examine(page, name, path, { narrow: false }));
  }
  await page.emulateMedia({ colorScheme: 'light' });
  if (pictures) await step('pictures', () => takePictures({ page, folder: pictures, pages }));
  await step('sign out', async () => {
    await page.goto('/products');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL('**/sign-in');
    await examine(page, 'sign-in', '/sign-in', { narrow: false });
    await page.goto('/audit');
    await page.waitForURL('**/sign-in?next=*');
  });
  await step('nothing on the console, nothing from elsewhere', () => assert.deepEqual(complaints, []));
  console.log(`${passed()} steps passed`);
} finally {
  await browser.close();
}
