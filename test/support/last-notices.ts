// Owners are told after the fact, and what writes to them is loaded when it is first needed: what
// the last test of a file brought about leaves while there is still something to load it.
afterAll(async () => {
  for (let turn = 0; turn < 2; turn += 1) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
});
