import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// In development the pages come from Vite and the data from a server started with `make run`.
const server = process.env.ZONECUT_URL ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [react()],
  build: {
    manifest: true,
    target: ['chrome123', 'firefox120', 'safari17.5'],
    // The content security policy forbids data: scripts and the font budget is zero: keep every asset a file.
    assetsInlineLimit: 0,
  },
  server: { proxy: { '/v1': server, '/openapi.json': server } },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.{ts,tsx}'],
    setupFiles: ['./src/test-setup.ts'],
    css: false,
  },
});
