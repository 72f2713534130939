// Which line of the old text stands beside which line of the new one.
//
// Patience first: lines that occur once in both texts are anchors; between two anchors, common ends are
// taken off and the rest is matched by its longest common subsequence, or, where that would be too much
// work for a page, left unmatched.

/** A row of the two texts side by side. Lines count from 1; a missing side is null. */
export interface Row {
  before: number | null;
  after: number | null;
  same: boolean;
}

type Pair = readonly [before: number, after: number];

interface Window {
  beforeStart: number;
  beforeEnd: number;
  afterStart: number;
  afterEnd: number;
}

const MOST_CELLS = 400_000;

/** Lines that occur exactly once within the range, with where. */
function uniqueLines(lines: readonly string[], start: number, end: number): Map<string, number> {
  const seen = new Map<string, number>();
  for (let at = start; at < end; at++) {
    const line = lines[at] ?? '';
    seen.set(line, seen.has(line) ? -1 : at);
  }
  return new Map([...seen].filter(([, at]) => at >= 0));
}

/** The longest run of pairs that rises on both sides; `pairs` rise on the first already. */
function longestRising(pairs: readonly Pair[]): Pair[] {
  const tails: number[] = [];
  const previous: number[] = [];
  pairs.forEach(([, after], at) => {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const [, tail] = pairs[tails[middle] ?? 0] ?? [0, 0];
      if (tail < after) low = middle + 1;
      else high = middle;
    }
    previous[at] = low > 0 ? (tails[low - 1] ?? -1) : -1;
    tails[low] = at;
  });
  const run: Pair[] = [];
  for (let at = tails.at(-1) ?? -1; at >= 0; at = previous[at] ?? -1) {
    const pair = pairs[at];
    if (pair) run.unshift(pair);
  }
  return run;
}

function longestCommon(before: readonly string[], after: readonly string[], window: Window): Pair[] {
  const { beforeStart, beforeEnd, afterStart, afterEnd } = window;
  const width = afterEnd - afterStart + 1;
  const lengths = new Uint32Array((beforeEnd - beforeStart + 1) * width);
  const at = (b: number, a: number) => lengths[(b - beforeStart) * width + (a - afterStart)] ?? 0;
  for (let b = beforeEnd - 1; b >= beforeStart; b--) {
    for (let a = afterEnd - 1; a >= afterStart; a--) {
      const length = before[b] === after[a] ? at(b + 1, a + 1) + 1 : Math.max(at(b + 1, a), at(b, a + 1));
      lengths[(b - beforeStart) * width + (a - afterStart)] = length;
    }
  }
  const pairs: Pair[] = [];
  let b = beforeStart;
  let a = afterStart;
  while (b < beforeEnd && a < afterEnd) {
    if (before[b] === after[a]) pairs.push([b++, a++]);
    else if (at(b + 1, a) >= at(b, a + 1)) b++;
    else a++;
  }
  return pairs;
}

/** Pairs of equal lines within the window, rising on both sides. */
function matched(before: readonly string[], after: readonly string[], window: Window): Pair[] {
  let { beforeStart, beforeEnd, afterStart, afterEnd } = window;
  const head: Pair[] = [];
  const tail: Pair[] = [];
  while (beforeStart < beforeEnd && afterStart < afterEnd && before[beforeStart] === after[afterStart]) {
    head.push([beforeStart++, afterStart++]);
  }
  while (beforeStart < beforeEnd && afterStart < afterEnd && before[beforeEnd - 1] === after[afterEnd - 1]) {
    tail.unshift([--beforeEnd, --afterEnd]);
  }
  const rest = { beforeStart, beforeEnd, afterStart, afterEnd };
  return [...head, ...matchedWithin(before, after, rest), ...tail];
}

function matchedWithin(before: readonly string[], after: readonly string[], window: Window): Pair[] {
  const { beforeStart, beforeEnd, afterStart, afterEnd } = window;
  if (beforeStart === beforeEnd || afterStart === afterEnd) return [];
  const there = uniqueLines(after, afterStart, afterEnd);
  const shared = [...uniqueLines(before, beforeStart, beforeEnd)].flatMap(([line, at]): Pair[] => {
    const other = there.get(line);
    return other === undefined ? [] : [[at, other]];
  });
  const anchors = longestRising(shared);
  if (anchors.length === 0) {
    const cells = (beforeEnd - beforeStart) * (afterEnd - afterStart);
    return cells > MOST_CELLS ? [] : longestCommon(before, after, window);
  }
  const pairs: Pair[] = [];
  let [b, a] = [beforeStart, afterStart];
  for (const anchor of [...anchors, [beforeEnd, afterEnd] as const]) {
    pairs.push(
      ...matched(before, after, { beforeStart: b, beforeEnd: anchor[0], afterStart: a, afterEnd: anchor[1] }),
    );
    if (anchor[0] < beforeEnd) pairs.push(anchor);
    [b, a] = [anchor[0] + 1, anchor[1] + 1];
  }
  return pairs;
}

/** Both texts in rows; what changed between two equal lines stands side by side as far as it reaches. */
export function align(before: readonly string[], after: readonly string[]): Row[] {
  const all = { beforeStart: 0, beforeEnd: before.length, afterStart: 0, afterEnd: after.length };
  const rows: Row[] = [];
  let [b, a] = [0, 0];
  for (const [nextBefore, nextAfter] of [
    ...matched(before, after, all),
    [before.length, after.length] as const,
  ]) {
    while (b < nextBefore || a < nextAfter) {
      rows.push({
        before: b < nextBefore ? ++b : null,
        after: a < nextAfter ? ++a : null,
        same: false,
      });
    }
    if (nextBefore < before.length) rows.push({ before: ++b, after: ++a, same: true });
  }
  return rows;
}

/** The lines of a text, without the empty one after a final line break. */
export function linesOf(text: string): string[] {
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}
