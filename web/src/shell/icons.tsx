// The few pictures the shell needs, drawn on a 20-pixel grid.

import type { ReactNode } from 'react';

function Icon({ children }: { children: ReactNode }) {
  return (
    <svg
      viewBox="0 0 20 20"
      width="18"
      height="18"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

export const ProductsIcon = () => (
  <Icon>
    <path d="M10 2.5 17 6v8l-7 3.5L3 14V6zM3 6l7 3.5L17 6M10 9.5v8" />
  </Icon>
);

export const ContractsIcon = () => (
  <Icon>
    <path d="M5 2.5h7l3 3v12H5zM12 2.5v3h3M7.5 9.5h5M7.5 12.5h5" />
  </Icon>
);

export const PoliciesIcon = () => (
  <Icon>
    <path d="M10 2.5 16.5 5v5c0 4-2.8 6.5-6.5 7.5-3.7-1-6.5-3.5-6.5-7.5V5zM7.3 10l2 2 3.5-4" />
  </Icon>
);

export const QualityIcon = () => (
  <Icon>
    <path d="M2.5 10.5h3.2l2-5.5 4 10 2.2-4.5h3.6" />
  </Icon>
);

export const AuditIcon = () => (
  <Icon>
    <path d="M6 4.5h11M6 10h11M6 15.5h11M3 4.5h.01M3 10h.01M3 15.5h.01" />
  </Icon>
);

export const MenuIcon = () => (
  <Icon>
    <path d="M3 5.5h14M3 10h14M3 14.5h14" />
  </Icon>
);

export const SunIcon = () => (
  <Icon>
    <circle cx="10" cy="10" r="3.2" />
    <path d="M10 2.5v1.6M10 15.9v1.6M2.5 10h1.6M15.9 10h1.6M4.7 4.7l1.1 1.1M14.2 14.2l1.1 1.1M4.7 15.3l1.1-1.1M14.2 5.8l1.1-1.1" />
  </Icon>
);

export const MoonIcon = () => (
  <Icon>
    <path d="M16.5 11.8A7 7 0 0 1 8.2 3.5a7 7 0 1 0 8.3 8.3z" />
  </Icon>
);

export const SystemIcon = () => (
  <Icon>
    <path d="M3 4h14v9H3zM7.5 16.5h5M10 13v3.5" />
  </Icon>
);

export const SignOutIcon = () => (
  <Icon>
    <path d="M8 3H4v14h4M8 10h9M13.5 6.5 17 10l-3.5 3.5" />
  </Icon>
);
