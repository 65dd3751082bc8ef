export { redisStore } from './stores/redis.ts';
export type { RedisClient } from './stores/redis/client.ts';
export type { RedisStoreOptions } from './stores/redis/options.ts';
