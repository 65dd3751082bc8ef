/**
 * What `redisStore` uses of a client: the classes `Redis` and `Cluster` of ioredis 5.4+ and 6 fit.
 * `options` is only looked at for `scaleReads`.
 */
export interface RedisClient {
  readonly status: string;
  readonly options?: object;
  evalsha(sha1: string, numberOfKeys: number, ...keysAndArguments: string[]): Promise<unknown>;
  eval(script: string, numberOfKeys: number, ...keysAndArguments: string[]): Promise<unknown>;
  /** The server's own report; asked now and then, for its eviction policy. */
  info?(section: string): Promise<string>;
  /** The server's clock: seconds, and microseconds. */
  time?(): Promise<readonly (number | string)[]>;
  /** Of a Cluster: its servers. */
  nodes?(role: 'master'): readonly Pick<RedisClient, 'info' | 'time'>[];
  /** Commands that are sent together, on one connection; needed for `replicas` only. */
  pipeline?(commands: (string | number)[][]): {
    exec(): Promise<[error: Error | null, result: unknown][] | null>;
  };
  hmget(key: string, ...fields: string[]): Promise<(string | null)[]>;
}
