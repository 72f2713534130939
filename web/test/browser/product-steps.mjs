// Finding a product, and what its page tells.

import assert from 'node:assert/strict';
import { eventually, settled } from './browser.mjs';

const UNAVAILABLE = {
  status: 503,
  contentType: 'application/problem+json',
  headers: { 'retry-after': '0' },
  body: JSON.stringify({
    type: 'about:blank',
    title: 'unavailable',
    status: 503,
    code: 'unavailable',
    detail: 'the database is away',
  }),
};

export async function productSteps({ step, page }) {
  const rows = page.getByRole('table', { name: 'Data products' }).locator('tbody tr');

  await step('products: search narrows as one types, by name and by column', async () => {
    await page.goto('/products');
    await settled(page);
    await eventually(async () => assert.ok((await rows.count()) >= 4, 'the shipped products are listed'));
    await page.keyboard.press('/');
    await page.keyboard.type('nxdomain');
    await page.waitForURL('**/products?q=nxdomain');
    await page.getByRole('link', { name: /NXDOMAIN/ }).waitFor();
    await page.waitForFunction(() => document.querySelectorAll('tbody tr').length < 4);
    await page.getByLabel('Search').fill('client_ip');
    await page.getByRole('link', { name: 'Recursive queries, Brazil' }).waitFor();
  });

  await step('products: a domain and a status narrow', async () => {
    await page.goto('/products');
    await page.getByLabel('Domain').selectOption('edge');
    await page.getByRole('link', { name: 'Edge cache hits' }).waitFor();
    await page.waitForFunction(() => !document.body.innerText.includes('Recursive queries, Brazil'));
    await page.getByLabel('Status').selectOption('retired');
    await page.getByText('No product matches').waitFor();
  });

  await step('products: nothing found is said', async () => {
    await page.goto('/products?q=no-such-thing-anywhere');
    await page.getByText('No product matches').waitFor();
  });

  await step('products: trouble is told and can be tried again', async () => {
    await page.route('**/v1/products?*', (route) => route.fulfill(UNAVAILABLE));
    await page.goto('/products');
    const alert = page.getByRole('alert');
    await alert.waitFor();
    assert.match(await alert.innerText(), /cannot answer at the moment[\s\S]*the database is away/);
    await page.unroute('**/v1/products?*');
    await page.getByRole('button', { name: 'Try again' }).click();
    await rows.first().waitFor();
  });

  await step('products: waiting is shown', async () => {
    let release;
    const held = new Promise((resolve) => {
      release = resolve;
    });
    await page.route('**/v1/products?*', async (route) => {
      await held;
      await route.continue();
    });
    await page.goto('/products');
    await page.getByRole('status').getByText('Loading').waitFor({ state: 'attached' });
    release();
    await rows.first().waitFor();
    await page.unroute('**/v1/products?*');
  });

  await step('product: by keys alone from the search to its contract', async () => {
    await page.goto('/products');
    await settled(page);
    await page.keyboard.press('/');
    await page.keyboard.type('recursive queries');
    await page.waitForURL('**/products?q=*');
    await settled(page);
    for (let presses = 0; presses < 12; presses++) {
      const text = await page.evaluate(() => document.activeElement?.textContent);
      if (text === 'Recursive queries, Brazil') break;
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Enter');
    await page.waitForURL('**/products/recursive-queries-br');
    await settled(page);
    for (const heading of ['Offers', 'Reads', 'Owners and support', 'Consumers', 'Lineage']) {
      await page.getByRole('heading', { name: heading }).waitFor();
    }
    await page.getByRole('region', { name: 'Lineage picture' }).locator('rect').nth(1).waitFor();
    await page.getByRole('region', { name: 'Offers' }).getByRole('link').first().click();
    await page.waitForURL('**/contracts/recursive-queries-br');
  });
}
