import { register } from 'esbuild-register/dist/node.js';

// As in jest.config.ts, import() becomes require(): the suites wait for turns of the event loop, not for a loader.
register({
  format: 'cjs',
  target: 'node20',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  supported: { 'dynamic-import': false },
});
