/** Every row of the table of effects, and every stop of it, on running clusters: what the engine does is what the row says. */
import { expect } from "chai";
import type { ChangeRow } from "../../../provider/src/validate/changes/effects";
import { changeRows } from "../../../provider/src/validate/changes/table";
import { objects } from "../../support/buckets";
import { merged, type ProgramInputs } from "../../support/programInputs";
import { inventory } from "../../support/inventory";
import { type LocalCloud, useLocalCloud, variable } from "../../support/localCloud";
import { acknowledged, cluster, refused } from "../../support/stops";
import { problemsOfChange } from "../../unit/validate/changes/judged";
import { AnyApiServer, helmThatInstalls } from "./apiServer";
import {
  allOf,
  type Base,
  finds,
  placeable,
  type RowCase,
  stopCase,
  type StopCase,
  withRows,
  withStops,
} from "./bases";
import { ClusterStack, type Step } from "./clusters";
import { groupTags, lostLifelines, rolledBy } from "./observed";
import { makePlaces, type Places } from "./places";

const MINUTES = 60_000;

/** In AWS, they fail while instances use what is replaced; what is planned of each. */
const replacesNetwork: Readonly<Record<string, RegExp>> = {
  "another range of the VPC": /^replace aws:ec2\/vpc:/m,
  "another topology": /^replace aws:ec2\/subnet:|aws:ec2\/routeTableAssociation:/m,
  "a subnet that takes the API load balancer": /^replace aws:(lb\/loadBalancer|ec2\/subnet):/m,
};

/** What the newest fields need. */
const newerKarpenter = "1.15.1";

const isStopped = ({ effects }: ChangeRow): boolean =>
  effects.some((effect) => effect === "refused" || effect === "needs acknowledgement");
const isOfPart = ({ path }: ChangeRow): boolean => path.startsWith("nodeGroups.*.");
// The example of a change of kopsVersion is none: there is one release to come from, as yet.
const letThrough = changeRows.filter((row) => !isStopped(row) && row.path !== "kopsVersion");

/** What no program of this release can do, or what a test of its own does. */
const elsewhere = [
  // There is one kOps release to come from, as yet.
  "kopsVersion: if the version is earlier",
  // tests/unit/resources/clusterGuard.test.ts
  "kubernetesVersion: if the minor version is later in the first update after an import",
  // tests/engine/safeChange.test.ts
  "kubernetesVersion: if a minor version is skipped",
  "kubernetesVersion: if the minor version is later and readiness.skip is true",
  "stateStore: if kOps has changed the keys in it",
  "controlPlane.zones: if deletionProtection was on before",
  "controlPlane.zones: if fewer than half are",
];
const stops = changeRows.flatMap((row) =>
  row.stops.map((stop) => {
    const examples = Object.entries(stop.effect === "refused" ? refused : acknowledged);
    const found = examples.filter(([, { from, to }]) => finds(stop, merged(cluster, from), merged(cluster, to)));
    return { name: `${row.path}: ${stop.when ?? "any change"}`, cases: found.map((each) => stopCase(stop, ...each)) };
  }),
);
const stopsHere = stops.filter(({ name }) => !elsewhere.includes(name));

const bases = [
  ...withStops(
    withRows(
      "cluster",
      letThrough.filter((row) => !isOfPart(row)),
    ),
    "cluster",
    stopsHere.map(({ cases }) => cases),
  ),
  ...withRows("groups", letThrough.filter(isOfPart)),
];

describe("the table of effects", function () {
  this.timeout(10 * MINUTES);
  const cloud = useLocalCloud({
    prepare: (started) => ({
      ...started,
      env: { ...started.env, PATH: `${helmThatInstalls(started)}:${variable(started, "PATH")}` },
    }),
  });
  const { stackTraceLimit } = Error;
  let api: AnyApiServer;
  let places: Places;

  before(async () => {
    // Pulumi keeps the stack of each of its promises. With source maps, that is a third of the time here.
    Error.stackTraceLimit = 1;
    api = await AnyApiServer.start(cloud);
    places = await makePlaces(cloud, api.url);
  });

  after(() => {
    api.stop();
    places.end();
    Error.stackTraceLimit = stackTraceLimit;
  });

  it("has an example of each stop, save those that another test has", () => {
    expect(stopsHere.filter(({ cases }) => cases.length === 0)).to.deep.equal([]);
    expect(stops.filter(({ name }) => elsewhere.includes(name))).to.have.length(elsewhere.length);
  });

  for (const base of bases) {
    describe(`on ${String(base.inputs["clusterName"])}`, () => {
      onBase(base, {
        cloud,
        /** With what only this local cloud has. */
        placed: (program) => {
          const assets = {
            kopsBaseUrl: variable(cloud, "KOPS_BASE_URL"),
            kopsSourceUrl: variable(cloud, "LOCALCLOUD_KOPS_SOURCE"),
          };
          const local = { assets, api: { endpoint: api.url } };
          return merged(merged(local, chartOf(program)), places.in(placeable(program)));
        },
      });
    });
  }
});

interface Ground {
  readonly cloud: LocalCloud;
  readonly placed: (program: ProgramInputs) => ProgramInputs;
}

function onBase({ inputs, rows, stops: stopped }: Base, ground: Ground): void {
  let stack: ClusterStack;
  let now = inputs;
  /** As the last stop left it: between stops there are only previews. */
  let left: readonly string[] | undefined;
  /** All that a row changes by itself. */
  const expected = new Set<string>();
  const steps = (program: ProgramInputs): Promise<readonly Step[]> => stack.steps(ground.placed(program));

  before(async () => {
    stack = await ClusterStack.create(ground.cloud, String(inputs["clusterName"]));
    await stack.up(ground.placed(inputs));
  });

  // A preview for each row would take minutes. Rows of one effect share one: what none of them may do is not there, and
  // tests/unit/validate/changes/effects.test.ts has of each what it rolls.
  for (const { effects, cases } of byEffects(rows.filter(({ part }) => part === undefined))) {
    it(`${effects.join(", ")}: ${cases.map(({ row }) => row.path).join(", ")}`, async () => {
      const found = await steps(allOf(cases, inputs));
      expectEffects(effects, found);
      for (const step of found) expected.add(nameOf(step));
    });
  }

  for (const batch of batchesOf(inputs, stopped)) {
    it(`stops ${batch.titles.join(", ")}, and leaves everything as it was`, async () => {
      const program = { ...batch.program, preflight: { skip: true } };
      const before = left ?? (await world(ground.cloud, stack));
      const found = await stack.refusal(ground.placed(program));
      const foretold = problemsOfChange(ground.placed(inputs), ground.placed(program));
      expect(found).to.deep.equal(foretold.map(({ path, reason }) => `${path}: ${reason}`).sort());
      left = await world(ground.cloud, stack);
      expect(left).to.deep.equal(before);
    });
  }

  for (const { title, changed } of stopped) {
    const planned = replacesNetwork[title];
    if (planned === undefined) continue;
    it(`plans ${title} once it is acknowledged`, async () => {
      const found = await steps(withAcknowledgements(inputs, changed(inputs)));
      expect(found.map(shown).join("\n")).to.match(planned);
    });
  }

  if (rows.length === 0) return;
  it("does all of it in one update, and no more", async () => {
    // The local cloud has one version of the chart.
    now = allOf(
      rows.filter(({ row }) => row.path !== "karpenter.version"),
      inputs,
    );
    // One row's change can need an acknowledgement beside another's: an upgrade beside readiness.skip.
    now = withAcknowledgements(inputs, now);
    const found = await stack.up(ground.placed(now));
    expect(lostLifelines(found)).to.deep.equal([]);
    const parts = rows.filter((each) => each.part !== undefined);
    for (const one of parts) {
      const own = found.filter((step) => isOf(step, one));
      expectEffects(one.row.effects, own, one.row.path);
      for (const step of own) expected.add(nameOf(step));
    }
    const more = found.map(nameOf).filter((name) => !expected.has(name));
    expect(more.filter((name) => parts.length === 0 || !isShared(name))).to.deep.equal([]);
    expect((await steps(now)).map(shown)).to.deep.equal([]);
  });

  const possible = stopped.filter(
    ({ stop, title }) => stop.effect === "needs acknowledgement" && !(title in replacesNetwork),
  );
  if (possible.length === 0) return;
  it("does in one update what is acknowledged", async () => {
    const wanted = possible.reduce((program, { stop, changed }) => {
      const next = changed(program);
      return finds(stop, now, next) && !isRefused(now, next) ? next : program;
    }, now);
    expect(wanted).not.to.deep.equal(now);
    const program = withAcknowledgements(now, wanted);
    await stack.up(ground.placed(program));
    expect((await steps(program)).map(shown)).to.deep.equal([]);
  });
}

/** The local cloud's registry has one version of the charts; this helm takes whatever is in a folder. */
function chartOf({ karpenter }: ProgramInputs): ProgramInputs {
  const { version } = (karpenter ?? {}) as ProgramInputs;
  return version === newerKarpenter
    ? { karpenter: { chart: "./charts/karpenter", crdChart: "./charts/karpenter-crd" } }
    : {};
}

function isRefused(inputs: ProgramInputs, program: ProgramInputs): boolean {
  const found = problemsOfChange(placeable(inputs), placeable(program));
  return found.some(({ reason }) => reason.includes(" is refused: "));
}

/** The program with every change in it acknowledged. */
function withAcknowledgements(inputs: ProgramInputs, program: ProgramInputs): ProgramInputs {
  const found = problemsOfChange(placeable(inputs), placeable(program));
  return { ...program, acknowledge: found.map(({ path }) => path) };
}

function expectEffects(effects: ChangeRow["effects"], steps: readonly Step[], path = ""): void {
  if (effects.includes("none")) expect(steps.map(shown), path).to.deep.equal([]);
  else expect(steps.map(shown), path).not.to.deep.equal([]);
  expect(lostLifelines(steps), path).to.deep.equal([]);
  const said = [path, ...steps.map(shown)].join("\n");
  expect(rolledBy(steps), said).to.deep.equal(effects.filter((effect) => effect.startsWith("rolls ")));
}

/** Rows that say the same, as many together as one program can have. */
function byEffects(rows: readonly RowCase[]): readonly { effects: ChangeRow["effects"]; cases: readonly RowCase[] }[] {
  const names = [...new Set(rows.map(({ row }) => row.effects.join()))];
  return names.map((name) => {
    const cases = rows.filter(({ row }) => row.effects.join() === name);
    return { effects: cases[0]?.row.effects ?? [], cases };
  });
}

const shown = ({ op, type, name }: Step): string => `${op} ${type} ${name}`;
const nameOf = ({ type, name }: Step): string => `${type} ${name}`;

/** Files, class, pools and tag of the group, or one pool. */
function isOf({ name, before, after }: Step, { part = "", row }: RowCase): boolean {
  const isPool = row.path.startsWith("nodeGroups.*.nodePools.*.");
  if (row.path === "nodeGroups.*.nodePools") return name === "cluster-node-pool-steady";
  const isTagged = (inputs: ProgramInputs): boolean => groupTags(inputs).includes(`kops.k8s.io/instance-group/${part}`);
  if (isTagged(before) !== isTagged(after)) return true;
  const ofGroup = [
    "node-pool",
    "node-class",
    "launch-template",
    "autoscaling-group",
    "warm-pool-hook",
    "file-instancegroup",
  ];
  const kinds = isPool ? ["node-pool"] : [...ofGroup, "file-igconfig-node"];
  return kinds.some((kind) => new RegExp(`^cluster-${kind}-${part}(-nodeup(config\\.yaml|script\\.sh))?$`).test(name));
}

/** What all groups share: the subnets' tags, the guard's record, the verdict on the cluster, the roll of their launch templates, Karpenter's use of their keys, and the files of the group that has all pools. */
function isShared(name: string): boolean {
  return /cluster-(subnet-.*|guard|validation|worker-roll|role-policy-kube-system\.karpenter|file-(cluster-completed\.spec|config)|file-instancegroup-pooled)$/.test(
    name,
  );
}

interface Batch {
  readonly titles: readonly string[];
  readonly program: ProgramInputs;
  readonly stops: readonly StopCase["stop"][];
}

/** As many stops at once as one program can have, each of them found. */
function batchesOf(inputs: ProgramInputs, cases: readonly StopCase[]): readonly Batch[] {
  return cases.reduce<readonly Batch[]>((batches, { title, stop, changed }) => {
    const add = (batch: Batch): Batch | undefined => {
      const next = { titles: [...batch.titles, title], program: changed(batch.program), stops: [...batch.stops, stop] };
      return next.stops.every((each) => finds(each, inputs, next.program)) ? next : undefined;
    };
    for (const [index, batch] of batches.entries()) {
      const larger = add(batch);
      if (larger !== undefined) return batches.map((each, at) => (at === index ? larger : each));
    }
    const alone = add({ titles: [], program: inputs, stops: [] });
    if (alone === undefined) throw new Error(`bug: ${title} is not stopped on ${String(inputs["clusterName"])}`);
    return [...batches, alone];
  }, []);
}

/** Everything there is, a line for each: in AWS, in the stores, and in the state. */
async function world(cloud: LocalCloud, stack: ClusterStack): Promise<readonly string[]> {
  const aws = Object.entries(await inventory(cloud)).flatMap(([kind, names]) => names.map((name) => `${kind} ${name}`));
  return [...aws, ...(await objects(cloud)), ...(await stack.state())];
}
