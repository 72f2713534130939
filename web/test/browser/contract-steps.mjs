// A contract: its schema, its versions and what changed between them, and who sees what.

import assert from 'node:assert/strict';
import { eventually, settled } from './browser.mjs';

export async function contractSteps({ step, page, contract }) {
  await step('schema: classes, semantic types, filter', async () => {
    await page.goto(contract);
    await settled(page);
    const row = page.getByRole('row', { name: /^client_ip/ });
    const text = await row.innerText();
    for (const word of ['confidential', 'net.client_ip', 'required', 'pii'])
      assert.ok(text.includes(word), word);
    await page.keyboard.press('/');
    await page.keyboard.type('dns.qname');
    await row.waitFor({ state: 'detached' });
    await page.getByRole('row', { name: /^qname/ }).waitFor();
    await page.getByLabel('Filter columns').fill('no such column');
    await page.getByText('No column matches').waitFor();
  });

  await step('SLAs and servers of a chosen version', async () => {
    await page.getByRole('link', { name: 'SLAs' }).click();
    await page.getByRole('cell', { name: 'freshness' }).first().waitFor();
    await page.getByLabel('Version shown').selectOption('1.0.0');
    await page.waitForURL(/slas\?version=/);
    await page.getByRole('link', { name: 'Servers' }).click();
    await page.getByRole('table', { name: 'Where the data is' }).waitFor();
    assert.match(page.url(), /servers\?version=/);
  });

  await step('versions: findings beside the old and the new text', async () => {
    await page.goto(`${contract}/versions`);
    await settled(page);
    await page.getByLabel('From', { exact: true }).selectOption('1.1.0');
    await page.getByLabel('To', { exact: true }).selectOption('2.0.0');
    const diff = page.getByRole('table', { name: 'Text of version 1.1.0 beside version 2.0.0' });
    await diff.waitFor();
    const changed = diff.locator('tr', { hasText: 'version: 1.1.0' });
    assert.match(await changed.innerText(), /version: 1\.1\.0[\s\S]*version: 2\.0\.0/);
    for (const perspective of ['consumer', 'producer', 'governance']) {
      await page.locator('dt', { hasText: perspective }).waitFor();
    }
    await page.getByText('the change needs at least').waitFor();
    const told = diff.locator('[id^=finding-]', { hasText: 'breaking' }).filter({ hasText: 'consumer' });
    await told.first().waitFor();
    await eventually(async () => {
      const sides = await diff
        .locator('[id^=finding-]')
        .evaluateAll((notes) => [
          ...new Set(notes.map((note) => (note.closest('td').previousElementSibling ? 'new' : 'old'))),
        ]);
      assert.deepEqual(sides.sort(), ['new', 'old'], 'findings stand on either side');
    });
  });

  await step('versions: a finding leads to its line, folded lines open', async () => {
    await page.getByRole('link', { name: 'Finding 1: show in the text' }).click();
    await page.waitForFunction(() => {
      const { top, bottom } = document.getElementById('finding-1').getBoundingClientRect();
      return top >= 0 && bottom <= window.innerHeight;
    });
    const fold = page.getByRole('button', { name: /equal lines/ });
    await fold.first().waitFor();
    const folded = await fold.count();
    await fold.first().click();
    await eventually(async () => assert.equal(await fold.count(), folded - 1));
  });

  await step('who sees what: the reason on hover and on focus', async () => {
    await page.goto(`${contract}/access`);
    await settled(page);
    await page.getByLabel('Purpose').selectOption('operations');
    await page.waitForURL('**/access?purpose=operations');
    await settled(page);
    const masked = page.locator('td[data-access=masked]').first();
    await masked.hover();
    const tip = page.getByRole('tooltip');
    await tip.waitFor();
    assert.equal(await masked.getAttribute('aria-describedby'), await tip.getAttribute('id'));
    assert.match(await tip.innerText(), /masked/);
    await page.mouse.move(0, 0);
    await tip.waitFor({ state: 'detached' });
    await page.getByRole('gridcell').first().focus();
    await tip.waitFor();
    const first = await tip.innerText();
    await page.keyboard.press('ArrowDown');
    await eventually(async () => assert.notEqual(await tip.innerText(), first));
    await page.keyboard.press('Escape');
    await tip.waitFor({ state: 'detached' });
  });

  await step('who sees what: another purpose, other answers; rows are filtered', async () => {
    const cells = () => page.getByRole('gridcell').allInnerTexts();
    await page
      .getByRole('columnheader', { name: /rows where/ })
      .first()
      .waitFor();
    const operations = await cells();
    await page.getByLabel('Purpose').selectOption('incident-response');
    await page.waitForURL('**/access?purpose=incident-response');
    await settled(page);
    await eventually(async () => assert.notDeepEqual(await cells(), operations));
  });
}
