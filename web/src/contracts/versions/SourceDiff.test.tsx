import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../api/types';
import { numbered } from './anchors';
import { SourceDiff } from './SourceDiff';

const filler = Array.from({ length: 20 }, (_, at) => `filler: ${at}`);
const before = { version: '1.0.0', text: ['id: q', 'name: ecs', ...filler].join('\n') };
const after = { version: '1.1.0', text: ['id: q', ...filler].join('\n') };

const removed: Finding = {
  rule: 'property-removed',
  perspective: 'consumer',
  severity: 'breaking',
  path: 'queries.ecs',
  message: '`queries.ecs` is gone',
  help: 'keep it',
  fingerprint: 'f',
  before: { file: 'q', line: 2, column: 1 },
  after: null,
  targets: [],
  affects: [],
  waiver: null,
};

describe('SourceDiff', () => {
  it('tells a finding in the column of its text, right below its line', () => {
    render(<SourceDiff before={before} after={after} marked={numbered([removed])} />);
    const row = screen.getByText('name: ecs').closest('tr');
    const [left, right] = [...(row?.nextElementSibling?.querySelectorAll('td') ?? [])];
    expect(left?.textContent).toContain('queries.ecs is gone');
    expect(left?.textContent).toContain('breaking');
    expect(left?.textContent).toContain('consumer');
    expect(right?.textContent).toBe('');
  });

  it('folds equal lines and opens them on request', async () => {
    render(<SourceDiff before={before} after={after} marked={[]} />);
    const table = within(screen.getByRole('table'));
    expect(table.queryByText('filler: 10')).toBeNull();
    await userEvent.click(table.getByRole('button', { name: /equal lines/ }));
    expect(table.getAllByText('filler: 10')).toHaveLength(2);
  });
});
