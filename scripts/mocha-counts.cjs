// A mocha reporter: prints what "spec" or "dot" prints, and writes the counts to the file MOCHA_COUNTS names,
// where scripts/test.mjs reads them. A run that dies before its end writes nothing, which counts as a failure there.
"use strict";

const { writeFileSync } = require("node:fs");
const { reporters, Runner } = require("mocha");

const Base = process.env.MOCHA_REPORTER === "spec" ? reporters.Spec : reporters.Dot;

class Counts extends Base {
  constructor(runner, options) {
    super(runner, options);
    const file = process.env.MOCHA_COUNTS;
    if (file === undefined) {
      return;
    }
    runner.once(Runner.constants.EVENT_RUN_END, () => {
      const { passes, failures, pending } = this.stats;
      writeFileSync(file, JSON.stringify({ passed: passes, failed: failures, skipped: pending }));
    });
  }
}

module.exports = Counts;
