import { AsyncLocalStorage } from 'node:async_hooks';
import vm from 'node:vm';

import { TestEnvironment } from 'jest-environment-node';

const used = new Set<AsyncLocalStorage<unknown>>();
const { run } = AsyncLocalStorage.prototype;
AsyncLocalStorage.prototype.run = function (this: AsyncLocalStorage<unknown>, ...args: never[]) {
  used.add(this);
  return Reflect.apply(run, this, args);
} as typeof run;

const { createContext } = vm;

/** Node's environment of Jest, without what makes each file of tests slower than it must be. */
export default class Environment extends TestEnvironment {
  constructor(...args: ConstructorParameters<typeof TestEnvironment>) {
    // Jest's context asks a Proxy for each global, each time. An ordinary one is as separate and does not.
    vm.createContext = () => createContext(vm.constants.DONT_CONTEXTIFY);
    try {
      super(...args);
    } finally {
      vm.createContext = createContext;
    }
  }

  /**
   * Jest's runner opens an `AsyncLocalStorage` for each file and closes none. Node asks each open one at every
   * promise and keeps what its file has loaded, so that with every file the next ones get slower.
   */
  override async teardown(): Promise<void> {
    for (const storage of used) storage.disable();
    used.clear();
    await super.teardown();
  }
}
