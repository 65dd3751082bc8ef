import { AsyncLocalStorage } from 'node:async_hooks';

import { TestEnvironment } from 'jest-environment-node';

const used = new Set<AsyncLocalStorage<unknown>>();
const { run } = AsyncLocalStorage.prototype;
AsyncLocalStorage.prototype.run = function (this: AsyncLocalStorage<unknown>, ...args: never[]) {
  used.add(this);
  return Reflect.apply(run, this, args);
} as typeof run;

/**
 * Jest's runner opens an `AsyncLocalStorage` for each file and closes none. Node asks each open one at every
 * promise and keeps what its file has loaded, so that with every file the next ones get slower.
 */
export default class Environment extends TestEnvironment {
  override async teardown(): Promise<void> {
    for (const storage of used) storage.disable();
    used.clear();
    await super.teardown();
  }
}
