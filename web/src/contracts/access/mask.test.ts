import { describe, expect, it } from 'vitest';
import { maskDetail, maskLabel } from './mask';

describe('maskLabel', () => {
  it.each([
    [{ type: 'null' }, 'nothing'],
    [{ type: 'constant', value: 'redacted' }, 'always redacted'],
    [{ type: 'ip-prefix', v4: 24, v6: 48 }, '/24 · /48'],
    [{ type: 'ip-prefix', v4: 24, v6: null }, '/24'],
    [{ type: 'domain', to: 'registrable' }, 'registrable'],
    [{ type: 'domain', labels: 2 }, 'last 2 labels'],
    [{ type: 'partial', first: 2, last: 0 }, '2 first, 0 last'],
    [{ type: 'time-bucket', seconds: 3600 }, 'per 1 h'],
    [{ type: 'time-bucket', seconds: 90 }, 'per 90 s'],
    [{ type: 'number-bucket', size: 5 }, 'steps of 5'],
    [{ type: 'enum-group', groups: {} }, 'grouped'],
    [{ type: 'ip-pseudonym', key: 'k', epoch: 1 }, 'pseudonym'],
    [{ type: 'something-new' }, 'something-new'],
  ])('%j is %s', (mask, label) => {
    expect(maskLabel(mask)).toBe(label);
  });
});

describe('maskDetail', () => {
  it('lists what was set', () => {
    expect(maskDetail({ type: 'ip-prefix', v4: 24, v6: null })).toBe('ip-prefix (v4 24)');
    expect(maskDetail({ type: 'enum-group', groups: { NXDOMAIN: 'error' } })).toBe(
      'enum-group (groups {"NXDOMAIN":"error"})',
    );
    expect(maskDetail({ type: 'null' })).toBe('null');
  });
});
