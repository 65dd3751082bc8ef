import { browserFetch } from './browser.mjs';
import { flowsFor } from './flows.mjs';
import { createWorld } from './world.mjs';

/** Runs every flow with the SDK of the first argument against the host of the second, and reports. */
const [sdk, origin] = process.argv.slice(2);

const world = createWorld(await import(sdk), origin, browserFetch);
const report = {};
for (const [title, flow] of Object.entries(flowsFor(world))) {
  try {
    await flow(world);
    report[title] = 'passed';
  } catch (error) {
    report[title] = error.stack;
  }
}
process.send({ report }, () => process.disconnect());
