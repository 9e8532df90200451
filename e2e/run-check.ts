import { runChecks } from "./check-steps";

const begun = Date.now();
const results = await runChecks(process.argv.slice(2));
const failed = results.filter((result) => !result.hasPassed).length;
console.log(
  `check: ${results.length - failed} passed, ${failed} failed in ${Math.round((Date.now() - begun) / 1000)} s`,
);
process.exitCode = failed || !results.length ? 1 : 0;
