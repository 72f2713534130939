import { MantineProvider } from '@mantine/core';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { signIn as signInSearch } from '../search-params';
import { credentialOf, SignInForm } from './SignInForm';
import { takeCode } from './take-code';

describe('takeCode', () => {
  it('takes the code and leaves the rest of the address', () => {
    window.history.replaceState(null, '', '/sign-in?next=%2Faudit#code=abc-123');
    expect(takeCode()).toBe('abc-123');
    expect(window.location.href).toMatch(/\/sign-in\?next=%2Faudit$/);
    expect(takeCode()).toBeNull();
  });
});

describe('credentialOf', () => {
  it('tells a token from a code', () => {
    expect(credentialOf(' zc_secret\n')).toEqual({ token: 'zc_secret' });
    expect(credentialOf('one-time')).toEqual({ code: 'one-time' });
  });
});

describe('SignInForm', () => {
  it('hands over what was pasted', async () => {
    vi.stubGlobal('matchMedia', () => ({
      matches: false,
      addEventListener: vi.fn(),
      removeEventListener: vi.fn(),
    }));
    const onEnter = vi.fn();
    render(
      <MantineProvider>
        <SignInForm pending={false} problem={null} onEnter={onEnter} />
      </MantineProvider>,
    );
    await userEvent.type(screen.getByLabelText('One-time code or token'), 'zc_x{Enter}');
    expect(onEnter).toHaveBeenCalledWith({ token: 'zc_x' });
  });
});

describe('the way back after sign-in', () => {
  it('is a path of ours', () => {
    expect(signInSearch({ next: '/contracts?q=a' })).toEqual({ next: '/contracts?q=a' });
  });

  it.each(['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', 7])(
    'is never %s',
    (next) => {
      expect(signInSearch({ next })).toEqual({ next: undefined });
    },
  );
});
