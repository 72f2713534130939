// Policies, promises and the log.

import assert from 'node:assert/strict';
import { eventually, settled } from './browser.mjs';

export async function governanceSteps({ step, page }) {
  await step('policies: a document and its own address', async () => {
    await page.goto('/policies');
    await settled(page);
    const rows = page.getByRole('table', { name: 'Policies' }).locator('tbody tr');
    await rows.filter({ hasText: 'Guardrail' }).first().getByRole('link').click();
    await page.waitForURL('**/policies/guardrail.*');
    const text = page.getByRole('region', { name: /^Text of / });
    await text.waitFor();
    await eventually(async () => assert.match(await text.innerText(), /kind: Guardrail/));
    await page.reload();
    await text.waitFor();
  });

  await step('quality: incidents and expectations', async () => {
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Quality' }).click();
    await settled(page);
    await page.getByRole('link', { name: 'Expectations' }).click();
    await page.getByRole('table', { name: 'Expectations' }).locator('tbody tr').first().waitFor();
  });

  await step('audit: the newest entries first, by who and with what outcome', async () => {
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Audit' }).click();
    const rows = page.getByRole('table', { name: 'Audit log' }).locator('tbody tr');
    await rows.first().waitFor();
    // New entries may arrive while the cells are read.
    await eventually(async () => {
      const numbers = (await rows.locator('td:first-child').allInnerTexts()).map(Number);
      const [newest] = numbers;
      assert.deepEqual(
        numbers,
        numbers.map((_, at) => newest - at),
      );
    });
    await page.goto('/audit?before=3');
    await page.getByRole('link', { name: 'Newest entries' }).waitFor();
    await eventually(async () =>
      assert.deepEqual(await rows.locator('td:first-child').allInnerTexts(), ['2', '1']),
    );
  });
}
