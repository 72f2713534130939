// The people an ODPS document names. Its team is a list in v1.0 and an object with members since.

export interface Person {
  username: string;
  role: string;
}

export interface Channel {
  channel: string;
  url: string;
}

type Fields = Record<string, unknown>;

function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function entries(value: unknown): Fields[] {
  return Array.isArray(value) ? value.map(fields) : [];
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export function ownersOf(document: Fields): Person[] {
  const members = Array.isArray(document.team) ? document.team : fields(document.team).members;
  return entries(members).map((member) => ({
    username: text(member.name) || text(member.username),
    role: text(member.role),
  }));
}

export function supportOf(document: Fields): Channel[] {
  return entries(document.support).map((entry) => ({ channel: text(entry.channel), url: text(entry.url) }));
}
