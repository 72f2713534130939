import type { ReactNode } from 'react';

const SAFE = /^(https?|mailto):/i;

/** A link out of a document. Documents come from outside, so only web and mail addresses become links. */
export function WebLink({ to, children }: { to: string; children: ReactNode }) {
  if (!SAFE.test(to)) return children;
  return (
    <a href={to} rel="noreferrer noopener" target="_blank">
      {children}
    </a>
  );
}
