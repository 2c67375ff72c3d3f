// A mocha reporter: prints what "spec" or "dot" prints, and writes the counts to the file MOCHA_COUNTS names,
// where scripts/test.mjs reads them, with the title and reason of each failure, and what took longest. They are written with
// each failure as well, so that a run that dies later still says why; one that dies before any writes nothing, which counts
// as a failure there.
"use strict";

const { writeFileSync } = require("node:fs");
const { relative } = require("node:path");
const { reporters, Runner } = require("mocha");

const Base = process.env.MOCHA_REPORTER === "spec" ? reporters.Spec : reporters.Dot;

const mostLines = 16;
const longestLine = 400;
const mostDurations = 15;
/** Milliseconds; what takes less is not worth a line. */
const shortest = 5000;

/** Of a failure, what fits into the summary at the end of a run: of a long one, its beginning, its end and what it calls an error. */
const reasonOf = (error) => {
  const lines = String(error?.message ?? error).split("\n");
  const isWorth = (line, at) => at < 3 || at >= lines.length - 3 || /\berror\b/i.test(line);
  const shown = lines.length <= mostLines ? lines : lines.filter(isWorth).slice(0, mostLines);
  return shown.map((line) => line.slice(0, longestLine)).join("\n");
};

const slowest = (durations) =>
  [...durations].filter(([, time]) => time >= shortest).sort(([, left], [, right]) => right - left);

class Counts extends Base {
  constructor(runner, options) {
    super(runner, options);
    const file = process.env.MOCHA_COUNTS;
    if (file === undefined) {
      return;
    }
    /** Milliseconds of each file's tests and hooks, and of each of those. */
    const files = new Map();
    const parts = new Map();
    const add = (to, name, time) => to.set(name, (to.get(name) ?? 0) + time);
    const write = () => {
      const { passes, failures, pending } = this.stats;
      const notes = this.failures.map((test) => ({ title: test.fullTitle(), reason: reasonOf(test.err) }));
      const slow = { files: slowest(files), parts: slowest(parts).slice(0, mostDurations) };
      writeFileSync(file, JSON.stringify({ passed: passes, failed: failures, skipped: pending, notes, slow }));
    };
    // Hooks of mocha's own, which belong to no file, take no time.
    const ended = (runnable) => {
      const name = relative(process.cwd(), runnable.file ?? "");
      add(files, name, runnable.duration ?? 0);
      add(parts, `${name}: ${runnable.title}`, runnable.duration ?? 0);
    };
    runner.on(Runner.constants.EVENT_TEST_END, ended);
    runner.on(Runner.constants.EVENT_HOOK_END, ended);
    // At once: the list of failures comes when all files have run.
    runner.on(Runner.constants.EVENT_TEST_FAIL, (test, error) => {
      console.log(`\nFAILED ${test.fullTitle()}\n${reasonOf(error)}`);
      write();
    });
    runner.once(Runner.constants.EVENT_RUN_END, write);
  }
}

module.exports = Counts;
