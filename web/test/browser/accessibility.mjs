// What every page must hold to: axe without serious findings, reachable by keys, whole on a narrow screen.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { settled } from './browser.mjs';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const GRAVE = ['serious', 'critical'];
const NARROW = { width: 360, height: 780 };
const WIDE = { width: 1280, height: 860 };
const MOST_STOPS = 400;
const TEXT_SPACING = '* { letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }';

/** No finding of axe that would keep somebody out. Injected through the debugger, past the page's policy. */
export async function assertAccessible(page, name) {
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() =>
    globalThis.axe.run(document, { resultTypes: ['violations'] }),
  );
  const grave = violations
    .filter((violation) => GRAVE.includes(violation.impact))
    .map(
      ({ id, impact, nodes }) =>
        `${impact} ${id}: ${nodes
          .map((node) => node.html)
          .join(' | ')
          .slice(0, 600)}`,
    );
  assert.deepEqual(grave, [], `axe on ${name}`);
}

/** Nothing sticks out to the right of a narrow screen, in wider letters either (WCAG 2.1, 1.4.12 Text Spacing). */
export async function assertFitsNarrow(page, name) {
  await page.setViewportSize(NARROW);
  const widest = await page.evaluate((spacing) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(spacing);
    const usual = document.documentElement.scrollWidth;
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    const { scrollWidth } = document.documentElement;
    const outside = [...document.querySelectorAll('body *')].filter(
      (element) => element.getBoundingClientRect().right > document.documentElement.clientWidth,
    );
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((adopted) => adopted !== sheet);
    return { usual, spaced: scrollWidth, outside: outside.at(-1)?.outerHTML.slice(0, 200) };
  }, TEXT_SPACING);
  await page.setViewportSize(WIDE);
  const said = `${name} on a screen of ${NARROW.width} px is as wide as ${JSON.stringify(widest)}`;
  assert.ok(widest.usual <= NARROW.width && widest.spaced <= NARROW.width, said);
}

/** Tab goes through every link and control of the page, and each shows that it has the focus. */
export async function assertKeyboard(page, name) {
  await page.evaluate(() => {
    document.activeElement?.blur();
    window.scrollTo(0, 0);
  });
  const expected = await page.evaluate(() => {
    const all = document.querySelectorAll('a[href], button, input, select, summary, [tabindex="0"]');
    const reachable = [...all].filter(
      (element) => element.tabIndex >= 0 && element.checkVisibility() && !element.disabled,
    );
    reachable.forEach((element, at) => {
      element.dataset.stop = String(at);
    });
    return reachable.length;
  });
  const reached = new Set();
  for (let presses = 0; presses < MOST_STOPS && reached.size < expected; presses++) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return null;
      return {
        at: element.dataset.stop,
        shown: element.matches(':focus-visible') && getComputedStyle(element).outlineStyle !== 'none',
        html: element.outerHTML,
      };
    });
    if (!stop) continue;
    assert.ok(stop.shown, `focus does not show on ${name}: ${stop.html.slice(0, 200)}`);
    reached.add(stop.at);
  }
  assert.equal(reached.size, expected, `reachable by Tab on ${name}`);
}

/** The whole examination of one address, in the colours asked for. */
export async function examine(page, name, path, { narrow }) {
  await page.goto(path);
  await settled(page);
  assert.match(await page.title(), / · Zonecut$/);
  await assertAccessible(page, name);
  if (narrow) {
    await assertFitsNarrow(page, name);
    await assertKeyboard(page, name);
  }
}
