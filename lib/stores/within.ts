/**
 * What `work` answers, unless it takes longer than `ms`: then it rejects with what `late` makes.
 * What the work does after that is nobody's business any more, its failure included.
 */
export function within<T>(ms: number, work: () => Promise<T>, late: () => Error): Promise<T> {
  return new Promise((resolve, reject) => {
    // One turn more: when this process was the slow one, the answer is there already and is read first.
    const timer = setTimeout(() => setImmediate(() => reject(late())), ms);
    const settled =
      <A extends readonly unknown[]>(settle: (...args: A) => void) =>
      (...args: A): void => {
        clearTimeout(timer);
        settle(...args);
      };
    new Promise<T>((start) => start(work())).then(settled(resolve), settled(reject));
  });
}
