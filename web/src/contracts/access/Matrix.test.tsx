import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { AccessObject } from '../../api/types';
import { Matrix } from './Matrix';

const object: AccessObject = {
  name: 'queries',
  columns: ['query_time', 'client_ip'],
  rows: [
    {
      role: 'analyst',
      domain: 'resolvers',
      allow: true,
      filters: ["resolver_country = 'BR'"],
      columns: {
        query_time: { access: 'clear', reason: 'grant `noc`' },
        client_ip: {
          access: 'masked',
          mask: { type: 'ip-prefix', v4: 24, v6: 48 },
          reason: 'mask `networks`',
        },
      },
    },
    { role: 'outsider', domain: 'resolvers', allow: false, filters: [], columns: {} },
  ],
};

const tip = () => screen.queryByRole('tooltip')?.textContent;

describe('Matrix', () => {
  it('shows access, mask and the rows served', () => {
    render(<Matrix object={object} />);
    expect(screen.getByRole('gridcell', { name: /^masked ?: ?\/24 · \/48$/ })).toBeTruthy();
    expect(
      screen.getByRole('columnheader', { name: /analyst.*rows where resolver_country = 'BR'/ }),
    ).toBeTruthy();
    expect(screen.getByRole('columnheader', { name: /outsider.*no rows/ })).toBeTruthy();
  });

  it('denies what the answer leaves out', () => {
    render(<Matrix object={object} />);
    expect(screen.getAllByRole('gridcell', { name: 'denied' })).toHaveLength(2);
  });

  it('gives the reason and the mask on hover', async () => {
    render(<Matrix object={object} />);
    const cell = screen.getByRole('gridcell', { name: /24/ });
    await userEvent.hover(cell);
    expect(tip()).toContain('mask networks');
    expect(tip()).toContain('ip-prefix (v4 24, v6 48)');
    expect(cell.getAttribute('aria-describedby')).toBe(screen.getByRole('tooltip').id);
    await userEvent.unhover(cell);
    expect(tip()).toBeUndefined();
  });

  it('gives the reason on keyboard focus, moves by arrows and closes by Escape', async () => {
    render(<Matrix object={object} />);
    await userEvent.tab();
    expect(tip()).toContain('grant noc');
    await userEvent.keyboard('{ArrowDown}');
    expect(tip()).toContain('mask networks');
    await userEvent.keyboard('{ArrowRight}');
    expect(tip()).toContain('outsider, client_ip');
    await userEvent.keyboard('{ArrowRight}');
    expect(tip()).toContain('outsider, client_ip');
    await userEvent.keyboard('{Escape}');
    expect(tip()).toBeUndefined();
  });

  it('has one cell in the tab order', () => {
    render(<Matrix object={object} />);
    expect(screen.getAllByRole('gridcell').filter((cell) => cell.tabIndex === 0)).toHaveLength(1);
  });
});
