/** Prints the counts alone on the last line of the run: `12 passed, 0 failed, 1 skipped`. */
class CountsReporter {
  #counts = '0 passed, 1 failed';

  /** @param {unknown} _contexts @param {import('@jest/test-result').AggregatedResult} results */
  onRunComplete(_contexts, results) {
    // A suite that could not be loaded has no tests of its own to count.
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests + results.numTodoTests;
    this.#counts = `${results.numPassedTests} passed, ${failed} failed`;
    if (skipped > 0) this.#counts += `, ${skipped} skipped`;
    // Teardown still follows and may print; the line has to come after it.
    process.once('exit', () => process.stdout.write(`${this.#counts}\n`));
  }
}

module.exports = CountsReporter;
