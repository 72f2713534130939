// Mantine in Zonecut's clothes. Colours of our own components are in `theme.css`.

import { createTheme, type MantineColorsTuple } from '@mantine/core';

const petrol: MantineColorsTuple = [
  '#e6f4f7',
  '#cfe6eb',
  '#a1ccd6',
  '#6eb1c0',
  '#459bae',
  '#2a8da2',
  '#187f95',
  '#0b6b80',
  '#08586a',
  '#034553',
];

const ink: MantineColorsTuple = [
  '#dbe5e8',
  '#c2d0d4',
  '#9db0b6',
  '#7b9199',
  '#4a5f67',
  '#33454c',
  '#243238',
  '#172125',
  '#10181b',
  '#0b1113',
];

export const theme = createTheme({
  colors: { petrol, dark: ink },
  primaryColor: 'petrol',
  primaryShade: { light: 7, dark: 4 },
  autoContrast: true,
  black: '#14222a',
  defaultRadius: 4,
  fontFamily: 'var(--zc-sans)',
  fontFamilyMonospace: 'var(--zc-mono)',
  focusRing: 'auto',
  respectReducedMotion: true,
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
});
