/** The names under which the global set-up tells the suites where its servers are. */
export const VARIABLES = {
  port: 'TEST_REDIS_PORT',
  clusterPorts: 'TEST_CLUSTER_PORTS',
  binary: 'TEST_REDIS_BINARY',
  libraryPath: 'TEST_REDIS_LIBRARY_PATH',
} as const;
