// Masks in a few words. The full document is in the tooltip.

import { duration } from '../../ui/duration';

type Mask = Record<string, unknown>;

const KEYED: Record<string, string> = {
  'hash-keyed': 'keyed hash',
  'ip-pseudonym': 'pseudonym',
  'ip-token': 'token',
};

function prefix(mask: Mask): string {
  const lengths = [mask.v4, mask.v6].filter((length) => typeof length === 'number');
  return lengths.map((length) => `/${length}`).join(' · ');
}

/** What is left to see of a value. */
export function maskLabel(mask: Mask): string {
  const type = String(mask.type);
  switch (type) {
    case 'null':
      return 'nothing';
    case 'constant':
      return `always ${String(mask.value)}`;
    case 'ip-prefix':
      return prefix(mask);
    case 'domain':
      return typeof mask.labels === 'number' ? `last ${mask.labels} labels` : String(mask.to);
    case 'partial':
      return `${mask.first ?? 0} first, ${mask.last ?? 0} last`;
    case 'time-bucket':
      return `per ${duration(Number(mask.seconds))}`;
    case 'number-bucket':
      return `steps of ${mask.size}`;
    case 'enum-group':
      return 'grouped';
    default:
      return KEYED[type] ?? type;
  }
}

/** The whole mask on one line: `ip-prefix (v4 24, v6 48)`. */
export function maskDetail(mask: Mask): string {
  const { type, ...parameters } = mask;
  const listed = Object.entries(parameters)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name} ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`);
  return listed.length > 0 ? `${type} (${listed.join(', ')})` : String(type);
}
