import { expect, it } from 'vitest';
import { EVERYWHERE, holds } from './permissions';

const session = {
  principal: 'ana',
  roles: [
    { role: 'admin', domain: 'edge' },
    { role: 'viewer', domain: '*' },
  ],
  permissions: [
    { permission: 'products:read', domains: ['*'] },
    { permission: 'audit:read', domains: ['edge'] },
  ],
};

it('tells what is held in one domain from what is held in all', () => {
  expect(holds(session, 'products:read')).toBe(true);
  expect(holds(session, 'products:read', 'resolvers')).toBe(true);
  expect(holds(session, 'products:read', EVERYWHERE)).toBe(true);
  expect(holds(session, 'audit:read')).toBe(true);
  expect(holds(session, 'audit:read', 'edge')).toBe(true);
  expect(holds(session, 'audit:read', 'resolvers')).toBe(false);
  expect(holds(session, 'audit:read', EVERYWHERE)).toBe(false);
  expect(holds(session, 'tokens:manage')).toBe(false);
});
