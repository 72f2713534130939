import { describe, expect, it } from 'vitest';
import type { Finding } from '../../api/types';
import type { Row } from './align';
import { byLine, explainedOn, numbered, stretches } from './anchors';

const at = (line: number) => ({ file: 'contract.yaml', line, column: 1 });

function finding(part: Partial<Finding>): Finding {
  return {
    rule: 'property-removed',
    perspective: 'consumer',
    severity: 'breaking',
    path: 'queries.ecs',
    message: 'gone',
    help: '',
    fingerprint: 'f',
    before: null,
    after: null,
    targets: [],
    affects: [],
    waiver: null,
    ...part,
  };
}

const same = (line: number): Row => ({ before: line, after: line, same: true });

describe('numbered', () => {
  it('puts the gravest first and keeps the order of the report otherwise', () => {
    const findings = [
      finding({ severity: 'note', path: 'a' }),
      finding({ severity: 'breaking', path: 'b' }),
      finding({ severity: 'breaking', path: 'c' }),
    ];
    expect(numbered(findings).map((mark) => [mark.number, mark.finding.path])).toEqual([
      [1, 'b'],
      [2, 'c'],
      [3, 'a'],
    ]);
  });
});

describe('where a finding is explained', () => {
  it('is the new text, else the old one, else nowhere', () => {
    expect(explainedOn(finding({ before: at(1), after: at(2) }))).toBe('after');
    expect(explainedOn(finding({ before: at(1) }))).toBe('before');
    expect(explainedOn(finding({}))).toBeNull();
  });
});

describe('byLine', () => {
  it('collects the findings of a line on the side asked for', () => {
    const marked = numbered([finding({ before: at(3) }), finding({ before: at(3), after: at(9) })]);
    expect(byLine(marked, 'before').get(3)).toHaveLength(2);
    expect([...byLine(marked, 'after').keys()]).toEqual([9]);
  });
});

describe('stretches', () => {
  const rows = Array.from({ length: 40 }, (_, index) => same(index + 1));

  it('folds everything where nothing changed', () => {
    expect(stretches(rows, [])).toEqual([{ folded: true, rows }]);
  });

  it('shows three lines around a finding, even on a line that did not change', () => {
    const shown = stretches(rows, numbered([finding({ before: at(20) })])).filter((part) => !part.folded);
    expect(shown.flatMap((part) => part.rows.map((row) => row.before))).toEqual([17, 18, 19, 20, 21, 22, 23]);
  });

  it('does not fold a line or two', () => {
    expect(
      stretches(rows.slice(0, 9), numbered([finding({ after: at(5) })])).every((part) => !part.folded),
    ).toBe(true);
  });
});
