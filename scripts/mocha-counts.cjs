// A mocha reporter: prints what "spec" or "dot" prints, and writes the counts to the file MOCHA_COUNTS names,
// where scripts/test.mjs reads them, with the title and reason of each failure. They are written with each failure as well,
// so that a run that dies later still says why; one that dies before any writes nothing, which counts as a failure there.
"use strict";

const { writeFileSync } = require("node:fs");
const { reporters, Runner } = require("mocha");

const Base = process.env.MOCHA_REPORTER === "spec" ? reporters.Spec : reporters.Dot;

const mostLines = 16;
const longestLine = 400;

/** Of a failure, what fits into the summary at the end of a run: of a long one, its beginning, its end and what it calls an error. */
const reasonOf = (error) => {
  const lines = String(error?.message ?? error).split("\n");
  const isWorth = (line, at) => at < 3 || at >= lines.length - 3 || /\berror\b/i.test(line);
  const shown = lines.length <= mostLines ? lines : lines.filter(isWorth).slice(0, mostLines);
  return shown.map((line) => line.slice(0, longestLine)).join("\n");
};

class Counts extends Base {
  constructor(runner, options) {
    super(runner, options);
    const file = process.env.MOCHA_COUNTS;
    if (file === undefined) {
      return;
    }
    const write = () => {
      const { passes, failures, pending } = this.stats;
      const notes = this.failures.map((test) => ({ title: test.fullTitle(), reason: reasonOf(test.err) }));
      writeFileSync(file, JSON.stringify({ passed: passes, failed: failures, skipped: pending, notes }));
    };
    // At once: the list of failures comes when all files have run.
    runner.on(Runner.constants.EVENT_TEST_FAIL, (test, error) => {
      console.log(`\nFAILED ${test.fullTitle()}\n${reasonOf(error)}`);
      write();
    });
    runner.once(Runner.constants.EVENT_RUN_END, write);
  }
}

module.exports = Counts;
