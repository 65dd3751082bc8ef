/** The names under which the global set-up tells the suites where its servers are. */
export const VARIABLES = {
  port: 'TEST_REDIS_PORT',
  clusterPorts: 'TEST_CLUSTER_PORTS',
  binary: 'TEST_REDIS_BINARY',
  libraryPath: 'TEST_REDIS_LIBRARY_PATH',
} as const;

/** Set from outside: how many milliseconds the shared standalone server is away, there and back. */
export const DELAY = 'MFA_TEST_REDIS_DELAY_MS';
