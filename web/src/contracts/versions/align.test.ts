import { describe, expect, it } from 'vitest';
import { align, linesOf, type Row } from './align';

/** Rows as they look: ` 1 1`, `-2  `, `+  2`, `~3 3`. */
function drawn(rows: Row[]): string[] {
  const sign = ({ same, before, after }: Row) => {
    if (same) return '=';
    if (before !== null && after !== null) return '~';
    return before === null ? '+' : '-';
  };
  return rows.map((row) => `${sign(row)} ${row.before ?? '.'} ${row.after ?? '.'}`);
}

describe('align', () => {
  it('keeps equal texts in step', () => {
    expect(drawn(align(['a', 'b'], ['a', 'b']))).toEqual(['= 1 1', '= 2 2']);
  });

  it('puts an added line beside nothing', () => {
    expect(drawn(align(['a', 'c'], ['a', 'b', 'c']))).toEqual(['= 1 1', '+ . 2', '= 2 3']);
  });

  it('puts a removed line beside nothing', () => {
    expect(drawn(align(['a', 'b', 'c'], ['a', 'c']))).toEqual(['= 1 1', '- 2 .', '= 3 2']);
  });

  it('puts a changed line beside what it became', () => {
    expect(drawn(align(['a', 'version: 1', 'c'], ['a', 'version: 2', 'c']))).toEqual([
      '= 1 1',
      '~ 2 2',
      '= 3 3',
    ]);
  });

  it('finds its way through lines that repeat', () => {
    const before = ['- name: a', '  required: true', '- name: b', '  required: true'];
    const after = [
      '- name: a',
      '  required: true',
      '- name: x',
      '  required: true',
      '- name: b',
      '  required: true',
    ];
    expect(drawn(align(before, after))).toEqual(['= 1 1', '= 2 2', '+ . 3', '+ . 4', '= 3 5', '= 4 6']);
  });

  it('matches repeating lines where no line is unique', () => {
    expect(
      drawn(align(['a', 'a', 'b', 'b'], ['b', 'b', 'a', 'a'])).filter((row) => row.startsWith('=')),
    ).toHaveLength(2);
  });

  it('says everything of both texts, in order, whatever they are', () => {
    let seed = 7;
    const random = (below: number) => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return seed % below;
    };
    for (let round = 0; round < 300; round++) {
      const text = () => Array.from({ length: random(14) }, () => 'abcdef'.charAt(random(6)));
      const [before, after] = [text(), text()];
      const rows = align(before, after);
      const numbers = (side: 'before' | 'after') => rows.flatMap((row) => row[side] ?? []);
      expect(numbers('before')).toEqual(before.map((_, at) => at + 1));
      expect(numbers('after')).toEqual(after.map((_, at) => at + 1));
      for (const row of rows.filter((row) => row.same)) {
        expect(before[(row.before ?? 0) - 1]).toBe(after[(row.after ?? 0) - 1]);
      }
    }
  });

  it('handles a contract of thousands of columns at once', () => {
    const column = (at: number) => [
      `  - name: column_${at}`,
      '    logicalType: string',
      '    required: true',
    ];
    const before = Array.from({ length: 5000 }, (_, at) => column(at)).flat();
    const after = before.filter((line) => line !== '  - name: column_2500');
    expect(align(before, after).filter((row) => !row.same)).toHaveLength(1);
  });
});

describe('linesOf', () => {
  it('does not count the end of the last line as a line', () => {
    expect(linesOf('a\r\nb\n')).toEqual(['a', 'b']);
  });
});
