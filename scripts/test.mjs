// Runs checks and tiers of tests, and counts them. A tier is a folder under tests/ that tests/tiers.json lists.
//
//   node scripts/test.mjs SUITE|TIER|CHECK...   "test" and "long" are suites of tiers; "checks" is every check
//   node scripts/test.mjs --total DIR           the closing line over all results that earlier runs left in DIR
//
// With TEST_RESULTS=DIR a run leaves its results there and prints no closing line. Everything that goes wrong counts as
// failed: also a tier that crashes or hangs, and processes that outlive the tier that started them.
import { spawn, spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { cpus, tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { endSurvivors, markOf } from "./survivors.mjs";
import { ToolsAhead } from "./toolsAhead.mjs";

const root = resolve(import.meta.dirname, "..");

const build = join(root, "tools", "build");

/**
 * `notes` says what failed, and is printed again before the closing line: a log is often cut at its beginning. `slow` has
 * the milliseconds of files, and of tests and hooks.
 * @typedef {{ title: string, reason: string }} Note
 * @typedef {{ files: [string, number][], parts: [string, number][] }} Slow
 * @typedef {{ passed: number, failed: number, skipped: number, notes?: Note[], slow?: Slow }} Counts
 */

/**
 * `jobs`: how many test files run side by side; those with a cloud wait much of their time. `first`: the files that take
 * longest, in their order.
 * @type {readonly { name: string, suite: string, minutes: number, jobs?: number, first?: string[], tools: string[] }[]}
 */
const tiers = JSON.parse(readFileSync(join(root, "tests", "tiers.json"), "utf8"));

/** Each check passes or fails as one test. They run side by side, each on one processor: the longest comes first. */
const checks = [
  { name: "lint", command: ["make", "--no-print-directory", "lint"], tools: [] },
  { name: "typecheck", command: ["make", "--no-print-directory", "typecheck"], tools: [] },
  { name: "format", command: ["make", "--no-print-directory", "check-format"], tools: [] },
  { name: "generate", command: ["make", "--no-print-directory", "check-generate"], tools: ["generate-sdk"] },
];
const checkJobs = 2;

const passed = { passed: 1, failed: 0, skipped: 0 };
const failed = { passed: 0, failed: 1, skipped: 0 };

/** Set by the first signal that asks to end; what runs then is ended, and nothing more is begun. */
let isInterrupted = false;

/** Runs a command with its output passed through, or given to `print`, and ends it and its children at the time limit. */
function run(command, { minutes, env = {}, print }) {
  return new Promise((done) => {
    const [program, ...args] = command;
    const output = print === undefined ? "inherit" : "pipe";
    const child = spawn(program, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ["ignore", output, output],
      detached: true,
    });
    child.stdout?.on("data", print);
    child.stderr?.on("data", print);
    const end = (signal) => {
      try {
        process.kill(-child.pid, signal);
      } catch {
        // It has ended by itself.
      }
    };
    const timer = setTimeout(() => {
      console.log(`${command.join(" ")} has not finished after ${minutes} minutes: ending it`);
      end("SIGTERM");
      setTimeout(() => end("SIGKILL"), 20_000).unref();
    }, minutes * 60_000);
    const interrupted = (signal) => {
      end(signal);
    };
    process.once("SIGINT", interrupted).once("SIGTERM", interrupted);
    const finish = (code) => {
      clearTimeout(timer);
      process.off("SIGINT", interrupted).off("SIGTERM", interrupted);
      done(code);
    };
    child.once("error", (error) => {
      console.log(`cannot start ${program}: ${error.message}`);
      finish(127);
    });
    // With "exit", the last of the output may be missing.
    child.once(print === undefined ? "exit" : "close", (code) => finish(code ?? 1));
  });
}

function testFiles(tier) {
  const folder = join(root, "tests", tier);
  if (!existsSync(folder)) {
    return [];
  }
  return readdirSync(folder, { recursive: true })
    .filter((file) => file.endsWith(".test.ts"))
    .sort()
    .map((file) => join("tests", tier, file));
}

/** The longest first, of those without a place in the list by size: what runs side by side then ends at about the same time. */
function longestFirst(files, tier, first) {
  const size = (file) => statSync(join(root, file)).size;
  const named = first.map((name) => join("tests", tier, name)).filter((file) => files.includes(file));
  return [...named, ...files.filter((file) => !named.includes(file)).toSorted((a, b) => size(b) - size(a))];
}

/** The environment with the tier's tools on PATH, or undefined when one cannot be built. */
async function withTools(tools, ahead) {
  if (tools.length === 0) {
    return {};
  }
  if ((await ahead.during(() => run([build, ...tools], { minutes: 40 }))) !== 0) {
    return undefined;
  }
  const bin = spawnSync(build, ["--print-bin-dir"], { encoding: "utf8" }).stdout.trim();
  return { PATH: `${bin}${delimiter}${process.env.PATH}` };
}

async function runTier({ name, minutes, jobs = 1, first = [], tools }, resultsDir, ahead) {
  const files = testFiles(name);
  if (files.length === 0) {
    return undefined;
  }
  const env = await withTools(tools, ahead);
  if (env === undefined) {
    return failed;
  }
  const file = join(resultsDir, `mocha-${name}.json`);
  rmSync(file, { force: true });
  const chosen = jobs === 1 ? files : ["--parallel", `--jobs=${jobs}`, ...longestFirst(files, name, first)];
  const command = ["npx", "--no-install", "mocha", "--reporter", "./scripts/mocha-counts.cjs", ...chosen];
  const mark = `${name}-${process.pid}`;
  const code = await run(command, { minutes, env: { ...env, ...markOf(mark), MOCHA_COUNTS: file } });
  const survivors = await endSurvivors(mark);
  for (const survivor of survivors) {
    console.log(`${name} left a process behind: ${survivor}`);
  }
  /** @type {Counts} */
  const counts = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : failed;
  rmSync(file, { force: true });
  // A run that failed without a failed test (or ran none) is a failure all the same.
  const wentWrong = code !== 0 || counts.passed + counts.skipped === 0;
  const more = [
    ...(wentWrong && counts.failed === 0 ? [{ title: `${name} ended with status ${code}`, reason: "" }] : []),
    ...(survivors.length > 0 ? [{ title: `${name} left processes behind`, reason: survivors.join("\n") }] : []),
  ];
  return { ...counts, failed: counts.failed + more.length, notes: [...(counts.notes ?? []), ...more] };
}

/** A folder of tests that no list names would never run. */
function unlistedTiers() {
  const folder = join(root, "tests");
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !tiers.some((tier) => tier.name === entry.name))
    .map((entry) => entry.name)
    .filter((name) => testFiles(name).length > 0);
}

function select(names) {
  return names.flatMap((name) => {
    const chosen = [
      ...checks.filter((check) => name === "checks" || name === check.name),
      ...tiers.filter((tier) => name === tier.suite || name === tier.name),
    ];
    if (chosen.length === 0) {
      const known = ["checks", "test", "long", ...checks.map((c) => c.name), ...tiers.map((t) => t.name)];
      console.error(`no suite, tier or check is called '${name}'; there are: ${known.join(", ")}`);
      process.exit(2);
    }
    return chosen;
  });
}

/** Prints the closing line and sets the exit code. */
function close(dir) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  const notes = [];
  for (const file of readdirSync(dir).sort()) {
    const counts = JSON.parse(readFileSync(join(dir, file), "utf8"));
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.skipped += counts.skipped;
    if (counts.failed > 0) {
      notes.push(...(counts.notes ?? [{ title: `${file.replace(".json", "")} failed`, reason: "" }]));
    }
  }
  for (const { title, reason } of notes) {
    console.log(`FAILED ${title}\n${reason.replace(/^(?=.)/gm, "  ")}`);
  }
  const skipped = total.skipped === 0 ? "" : `, ${total.skipped} skipped`;
  console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
  process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
}

/** Processor time of this machine since it started, in milliseconds: what was spent, and all there was. */
function processorTime() {
  const times = cpus().map((each) => each.times);
  const idle = times.reduce((sum, each) => sum + each.idle, 0);
  const all = times.reduce((sum, each) => sum + Object.values(each).reduce((a, b) => a + b, 0), 0);
  return { spent: all - idle, all };
}

/** The use of the processors since then, in words. */
function usedSince({ spent, all }) {
  const now = processorTime();
  return `processors ${Math.round((100 * (now.spent - spent)) / Math.max(1, now.all - all))} % busy`;
}

/** Where a tier's time went: whoever makes it shorter begins there. */
function printSlow({ files, parts }) {
  for (const [what, list] of [
    ["files", files],
    ["tests and hooks", parts],
  ]) {
    const lines = list.map(([name, time]) => `${(time / 1000).toFixed(0).padStart(6)} s  ${name.slice(0, 150)}`);
    if (lines.length > 0) console.log(`  longest ${what}:\n${lines.join("\n")}`);
  }
}

/** Leaves a result, and says it. */
function report(dir, name, counts, seconds, more = "") {
  writeFileSync(join(dir, `${name}.json`), JSON.stringify(counts));
  const { passed: ok, failed: notOk, skipped } = counts;
  console.log(`-- ${name}: ${ok} ok, ${notOk} not ok, ${skipped} left out (${seconds.toFixed(1)} s${more})\n`);
  process.exitCode ||= notOk === 0 ? 0 : 1;
}

/** Several at a time; each prints what it has to say when it has ended. */
async function runChecks(list, dir, ahead) {
  const left = [...list];
  const next = async () => {
    for (let check = left.shift(); check !== undefined && !isInterrupted; check = left.shift()) {
      const { name, command, tools } = check;
      const started = Date.now();
      const said = [];
      const print = (text) => said.push(text);
      const checked = () => run(command, { minutes: 15, print });
      const code = await (tools.length === 0 ? checked() : ahead.during(checked));
      console.log(`-- ${name}`);
      process.stdout.write(Buffer.concat(said));
      report(dir, name, code === 0 ? passed : failed, (Date.now() - started) / 1000);
    }
  };
  await Promise.all(Array.from({ length: checkJobs }, next));
}

async function runTiers(list, dir, ahead) {
  for (const tier of list) {
    if (isInterrupted) return;
    const [started, before] = [Date.now(), processorTime()];
    console.log(`-- ${tier.name}`);
    const counts = await runTier(tier, dir, ahead);
    if (counts === undefined) {
      console.log(`-- ${tier.name}: there are no tests yet\n`);
      continue;
    }
    if (counts.slow !== undefined) printSlow(counts.slow);
    report(dir, tier.name, counts, (Date.now() - started) / 1000, `, ${usedSince(before)}`);
  }
}

async function main(names) {
  const selected = select(names);
  const given = process.env.TEST_RESULTS;
  const dir = given ?? mkdtempSync(join(tmpdir(), "kops-karpenter-test-"));
  mkdirSync(dir, { recursive: true });
  for (const name of unlistedTiers()) {
    console.log(`tests/${name} holds tests, but tests/tiers.json does not list it`);
    report(dir, `unlisted-${name}`, failed, 0);
  }
  for (const signal of ["SIGINT", "SIGTERM"]) {
    process.once(signal, () => {
      isInterrupted = true;
      process.exitCode = 1;
    });
  }
  const ahead = new ToolsAhead(build, [...new Set(selected.flatMap(({ tools }) => tools))]);
  try {
    await runChecks(
      selected.filter((item) => "command" in item),
      dir,
      ahead,
    );
    await runTiers(
      selected.filter((item) => !("command" in item)),
      dir,
      ahead,
    );
  } finally {
    await ahead.end();
  }
  if (given === undefined) {
    close(dir);
    rmSync(dir, { recursive: true, force: true });
  }
}

const args = process.argv.slice(2);
if (args[0] === "--total" && args[1] !== undefined) {
  close(args[1]);
} else if (args.length === 0 || args[0]?.startsWith("-")) {
  console.error("usage: node scripts/test.mjs SUITE|TIER|CHECK... (or --total DIR)");
  process.exitCode = 2;
} else {
  await main(args);
}
