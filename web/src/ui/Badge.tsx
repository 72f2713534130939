import type { ReactNode } from 'react';
import classes from './Badge.module.css';

export type Tone = 'plain' | 'good' | 'warn' | 'bad' | 'accent';

/** A word that stands for a state. The word carries the meaning; the tone only helps. */
export function Badge({ tone = 'plain', children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span className={classes.badge} data-tone={tone}>
      {children}
    </span>
  );
}

const STATUS_TONES: Record<string, Tone> = {
  active: 'good',
  proposed: 'accent',
  draft: 'plain',
  deprecated: 'warn',
  retired: 'plain',
};

/** Where a contract or product stands in its life. */
export function Status({ status }: { status: string }) {
  return <Badge tone={STATUS_TONES[status] ?? 'plain'}>{status}</Badge>;
}

const CLASS_TONES: Record<string, Tone> = {
  public: 'plain',
  internal: 'accent',
  confidential: 'warn',
  restricted: 'bad',
};

/** How closely a column is kept. */
export function Classification({ name }: { name: string }) {
  return <Badge tone={CLASS_TONES[name.toLowerCase()] ?? 'plain'}>{name}</Badge>;
}

/** Free words on a document. */
export function Tags({ tags }: { tags: readonly string[] }) {
  if (tags.length === 0) return null;
  return (
    <span className={classes.tags}>
      {tags.map((tag) => (
        <span key={tag} className={classes.tag}>
          {tag}
        </span>
      ))}
    </span>
  );
}
