import type { Contract } from '../api/types';

/** The version asked for; else the active one; else the last one published. */
export function shownVersion(contract: Contract, asked: string | undefined): string | undefined {
  return asked ?? contract.active_version ?? contract.versions[0]?.version;
}
