import { memoryStore } from '../../lib/stores/memory.ts';
import { storeContract } from '../contracts/store-contract.ts';

describe('memoryStore', () => {
  const store = memoryStore();

  storeContract(() => [store, store]);
});
