// What each page keeps in its address. Anything that is not understood is dropped.

type Raw = Record<string, unknown>;

function text(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function count(value: unknown): number | undefined {
  const number = Number(value);
  return value !== undefined && Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}

/** A path of ours, never another site's: `//host` and `/\host` leave the site in a browser. */
function ownPath(value: unknown): string | undefined {
  return typeof value === 'string' && /^\/(?![/\\])/.test(value) ? value : undefined;
}

export const signIn = (raw: Raw): { next?: string } => ({ next: ownPath(raw.next) });

export const products = (raw: Raw): { q?: string; domain?: string; status?: string } => ({
  q: text(raw.q),
  domain: text(raw.domain),
  status: text(raw.status),
});

export const contracts = (raw: Raw): { q?: string; domain?: string } => ({
  q: text(raw.q),
  domain: text(raw.domain),
});

export const contract = (raw: Raw): { version?: string } => ({ version: text(raw.version) });

export const versions = (raw: Raw): { before?: string; after?: string } => ({
  before: text(raw.before),
  after: text(raw.after),
});

export const access = (raw: Raw): { purpose?: string; engine?: string } => ({
  purpose: text(raw.purpose),
  engine: text(raw.engine),
});

export const quality = (raw: Raw): { show?: 'expectations' } =>
  raw.show === 'expectations' ? { show: 'expectations' } : {};

export const audit = (raw: Raw): { before?: number } => ({ before: count(raw.before) });
