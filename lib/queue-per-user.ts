/**
 * Runs jobs after the fact: those of one user one after the other, in the order in which they were
 * given, those of different users side by side. A job must not reject.
 */
export function queuePerUser(): (userId: string, job: () => Promise<void>) => void {
  const last = new Map<string, Promise<void>>();
  return (userId, job) => {
    const turn = (last.get(userId) ?? nextTick()).then(job);
    last.set(userId, turn);
    void turn.then(() => {
      if (last.get(userId) === turn) last.delete(userId);
    });
  };
}

/** The request that caused a job goes first. */
function nextTick(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
