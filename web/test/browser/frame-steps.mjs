// Getting in, and what stands around every page.

import assert from 'node:assert/strict';
import { settled } from './browser.mjs';

export async function frameSteps({ step, page, context, code }) {
  await step('a stranger is led to sign-in and keeps the way back', async () => {
    await page.goto('/contracts?q=recursive');
    await page.waitForURL('**/sign-in?next=*');
    await page.getByLabel('One-time code or token').fill('not-a-code');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').waitFor();
  });

  await step('a one-time code in the fragment signs in and leaves the address', async () => {
    await page.goto(`/sign-in?next=%2Fcontracts%3Fq%3Drecursive#code=${encodeURIComponent(code)}`);
    await page.waitForURL('**/contracts?q=recursive');
    assert.ok(!page.url().includes(code), 'the code is still in the address');
    await page.getByRole('link', { name: 'Recursive queries, Brazil' }).waitFor();
    const cookies = await context.cookies();
    const session = cookies.find((cookie) => cookie.name === 'zonecut_session');
    assert.equal(session?.httpOnly, true);
    assert.equal(session?.sameSite, 'Strict');
  });

  await step('pages come packed', async () => {
    const answer = await page.goto('/products');
    assert.equal(answer.headers()['content-encoding'], 'gzip');
  });

  await step('the skip link leads past the navigation', async () => {
    await page.goto('/products');
    await settled(page);
    await page.evaluate(() => document.activeElement?.blur());
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    const label = await page.evaluate(() => document.activeElement?.labels?.[0]?.textContent);
    assert.equal(label, 'Search');
  });

  await step('colours follow the system until somebody chooses', async () => {
    const scheme = () => page.evaluate(() => document.documentElement.dataset.mantineColorScheme);
    assert.equal(await scheme(), 'light');
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.waitForFunction(() => document.documentElement.dataset.mantineColorScheme === 'dark');
    await page.emulateMedia({ colorScheme: 'light' });
    const toggle = page.getByRole('button', { name: /^Colours:/ });
    await toggle.click();
    await toggle.click();
    assert.equal(await scheme(), 'dark');
    await page.reload();
    await settled(page);
    assert.equal(await scheme(), 'dark');
    await toggle.click();
    assert.equal(await scheme(), 'light');
  });

  await step('an address that leads nowhere says so', async () => {
    await page.goto('/no/such/page');
    await page.getByRole('heading', { name: 'Not found' }).waitFor();
    await page.goto('/products/no-such-product');
    await page.getByRole('alert').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Try again' }).count(), 0);
  });
}
