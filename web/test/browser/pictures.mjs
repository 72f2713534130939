// The pictures of the README and the guides.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { settled } from './browser.mjs';

export async function takePictures({ page, folder, pages }) {
  mkdirSync(folder, { recursive: true });
  const shot = (name) => page.screenshot({ path: join(folder, `${name}.png`) });
  const visit = async (path) => {
    await page.goto(path);
    await settled(page);
  };
  await visit(pages.products);
  await shot('products');
  await visit(pages.product);
  await shot('product');
  await visit(pages.versions);
  await page.getByRole('link', { name: 'Finding 1: show in the text' }).click();
  await shot('diff');
  await visit(pages['who sees what']);
  await page.locator('td[data-access=masked]').first().hover();
  await page.getByRole('tooltip').waitFor();
  await shot('who-sees-what');
  await page.emulateMedia({ colorScheme: 'dark' });
  await visit(pages['who sees what']);
  await shot('who-sees-what-dark');
  await page.emulateMedia({ colorScheme: 'light' });
}
