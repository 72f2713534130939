// What the signed-in principal may do, and where.

import type { Session } from '../api/types';

/** The domain of what all domains share. */
export const EVERYWHERE = '*';

/** Whether `permission` is held in `domain`; without one, whether it is held in any. */
export function holds(session: Session, permission: string, domain?: string): boolean {
  const held = session.permissions.find((one) => one.permission === permission);
  if (held === undefined) return false;
  return domain === undefined || held.domains.includes(EVERYWHERE) || held.domains.includes(domain);
}
