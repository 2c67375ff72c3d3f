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
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { endSurvivors, markOf } from "./survivors.mjs";

const root = resolve(import.meta.dirname, "..");

/**
 * `notes` says what failed, and is printed again before the closing line: a log is often cut at its beginning.
 * @typedef {{ title: string, reason: string }} Note
 * @typedef {{ passed: number, failed: number, skipped: number, notes?: Note[] }} Counts
 */

/**
 * `jobs`: how many test files run side by side; each has a cloud of its own, and waits much of its time.
 * @type {readonly { name: string, suite: string, minutes: number, jobs?: number, tools: string[] }[]}
 */
const tiers = JSON.parse(readFileSync(join(root, "tests", "tiers.json"), "utf8"));

/** Each check passes or fails as one test. */
const checks = [
  { name: "typecheck", command: ["make", "--no-print-directory", "typecheck"] },
  { name: "lint", command: ["make", "--no-print-directory", "lint"] },
  { name: "format", command: ["make", "--no-print-directory", "check-format"] },
  { name: "generate", command: ["make", "--no-print-directory", "check-generate"] },
];

const passed = { passed: 1, failed: 0, skipped: 0 };
const failed = { passed: 0, failed: 1, skipped: 0 };

/** Runs a command with its output passed through, and ends it and its children at the time limit. */
function run(command, { minutes, env = {} }) {
  return new Promise((done) => {
    const [program, ...args] = command;
    const child = spawn(program, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ["ignore", "inherit", "inherit"],
      detached: true,
    });
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
      process.exitCode = 1;
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
    child.once("exit", (code) => finish(code ?? 1));
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

/** The longest first, as far as its size tells: what runs side by side then ends at about the same time. */
function bySize(files) {
  const size = (file) => statSync(join(root, file)).size;
  return files.toSorted((a, b) => size(b) - size(a));
}

/** The environment with the tier's tools on PATH, or undefined when one cannot be built. */
async function withTools(tools) {
  if (tools.length === 0) {
    return {};
  }
  if ((await run([join(root, "tools", "build"), ...tools], { minutes: 40 })) !== 0) {
    return undefined;
  }
  const bin = spawnSync(join(root, "tools", "build"), ["--print-bin-dir"], { encoding: "utf8" }).stdout.trim();
  return { PATH: `${bin}${delimiter}${process.env.PATH}` };
}

async function runTier({ name, minutes, jobs = 1, tools }, resultsDir) {
  const files = testFiles(name);
  if (files.length === 0) {
    return undefined;
  }
  const env = await withTools(tools);
  if (env === undefined) {
    return failed;
  }
  const file = join(resultsDir, `mocha-${name}.json`);
  rmSync(file, { force: true });
  const chosen = jobs === 1 ? files : ["--parallel", `--jobs=${jobs}`, ...bySize(files)];
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

async function main(names) {
  const given = process.env.TEST_RESULTS;
  const dir = given ?? mkdtempSync(join(tmpdir(), "kops-karpenter-test-"));
  mkdirSync(dir, { recursive: true });
  const report = (name, counts, started) => {
    writeFileSync(join(dir, `${name}.json`), JSON.stringify(counts));
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    console.log(
      `-- ${name}: ${counts.passed} ok, ${counts.failed} not ok, ${counts.skipped} left out (${seconds} s)\n`,
    );
    process.exitCode ||= counts.failed === 0 ? 0 : 1;
  };
  for (const name of unlistedTiers()) {
    console.log(`tests/${name} holds tests, but tests/tiers.json does not list it`);
    report(`unlisted-${name}`, failed, Date.now());
  }
  for (const item of select(names)) {
    const started = Date.now();
    console.log(`-- ${item.name}`);
    const counts =
      "command" in item
        ? (await run(item.command, { minutes: 15 })) === 0
          ? passed
          : failed
        : await runTier(item, dir);
    if (counts === undefined) {
      console.log(`-- ${item.name}: there are no tests yet\n`);
    } else {
      report(item.name, counts, started);
    }
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
