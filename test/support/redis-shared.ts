// Jest loads the set-up and the teardown apart from each other: only the process is shared.
const shared = globalThis as { expressMfaTestRedis?: Stoppable[] };

interface Stoppable {
  stop(): Promise<void>;
}

/** Notes servers that `stopAll` must end. */
export function remember<T extends Stoppable>(servers: readonly T[]): readonly T[] {
  shared.expressMfaTestRedis = [...(shared.expressMfaTestRedis ?? []), ...servers];
  return servers;
}

/** Kills every server noted in this process. */
export async function stopAll(): Promise<void> {
  await Promise.all((shared.expressMfaTestRedis ?? []).map((server) => server.stop()));
  shared.expressMfaTestRedis = [];
}
