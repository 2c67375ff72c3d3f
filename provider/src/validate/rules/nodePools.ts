/** NodePools. */
import type { ResolvedKarpenterGroup, ResolvedNodePool } from "../../model/cluster";
import type { Architecture } from "../../model/instanceTypes";
import type { Budget } from "../../schema/types.gen";
import { fields, type Checks } from "../kit/checks";
import { isCronSchedule } from "../kit/cron";
import { pattern, quantity, type Format } from "../kit/formats";
import { showList } from "../report/display";
import { checkRequirements } from "./requirements";
import { checkReservedPool } from "./reservations";
import { checkAnnotations, checkLabels, checkTaints, taintIdentity } from "./scheduling";

/** Karpenter v1.14.1 pkg/apis/crds/karpenter.sh_nodepools.yaml: the limits and patterns below */
const mostBudgets = 50;
const consolidateAfter = pattern("duration", /^(([0-9]+(s|m|h))+|Never)$/, "a duration such as 5m, or Never");
const expireAfter: Format = { ...consolidateAfter, rule: "a duration such as 720h, or Never" };
const gracePeriod = pattern("duration", /^([0-9]+(s|m|h))+$/, "a duration such as 48h or 1h30m");
const budgetDuration = pattern(
  "budget duration",
  /^([0-9]+h[0-9]+m|[0-9]+(h|m))(0s)?$/,
  "hours and minutes, as in 8h or 1h30m",
);
const budgetNodes = pattern(
  "number of nodes",
  /^((100|[0-9]{1,2})%|[0-9]{1,9})$/,
  "a number or a percentage, as in 3 or 10%",
);
const budgetSchedule: Format = {
  name: "schedule",
  test: isCronSchedule,
  rule: "five cron fields, or one of @hourly, @daily, @midnight, @weekly, @monthly, @yearly, @annually",
};
const nodeCount = pattern("number of nodes", /^[0-9]{1,9}$/, "a whole number of nodes");
const bothOrNeither = "set both or neither";
const longestDuration = 64;

export interface PoolContext {
  readonly group: ResolvedKarpenterGroup;
  readonly groupPath: string;
  /** What the group's types and images leave. */
  readonly architectures: readonly Architecture[];
}

export function checkNodePool(path: string, pool: ResolvedNodePool, context: PoolContext, checks: Checks): void {
  const { declared } = pool;
  checkArchitectures(path, pool, context.architectures, checks);
  checkList(`${path}.capacityTypes`, declared.capacityTypes, "capacity type", checks);
  checkReservedPool(path, pool, context.group, context.groupPath, checks);
  checkRequirements(`${path}.requirements`, declared.requirements, checks);
  checkLabels(`${path}.labels`, declared.labels, checks);
  checkAnnotations(`${path}.annotations`, declared.annotations, checks);
  checkTaints(`${path}.taints`, declared.taints, checks);
  checkTaints(`${path}.startupTaints`, declared.startupTaints, checks);
  checkGroupTaints(path, pool, context.group, checks);
  checkSize(path, pool, context, checks);
  checkLimits(path, pool, context, checks);
  checkDisruption(`${path}.disruption`, pool.disruption, checks);
  checkDuration(`${path}.expireAfter`, pool.expireAfter, expireAfter, checks);
  checkDuration(`${path}.terminationGracePeriod`, pool.terminationGracePeriod, gracePeriod, checks);
}

/** Go's durations are counts of nanoseconds in 64 bits: 292 years. */
function checkDuration(path: string, text: string | undefined, format: Format, checks: Checks): void {
  const isBounded = (given: string): boolean =>
    given.length <= longestDuration && (given.match(/[0-9]+/g) ?? []).every((digits) => Number(digits) <= 2_000_000);
  checks.matches(path, text, { ...format, test: (given) => format.test(given) && isBounded(given) });
}

function checkArchitectures(
  path: string,
  { declared }: ResolvedNodePool,
  ofGroup: readonly Architecture[],
  checks: Checks,
): void {
  const listPath = `${path}.architectures`;
  checkList(listPath, declared.architectures, "architecture", checks);
  for (const [architecture, itemPath] of checks.items(listPath, declared.architectures)) {
    if (ofGroup.length > 0 && !ofGroup.includes(architecture)) {
      const rule = `the group's images and instance types are for ${showList(ofGroup)}`;
      checks.problem(itemPath, "not an architecture of the group", architecture, rule);
    }
  }
}

function checkList(path: string, list: readonly string[] | undefined, what: string, checks: Checks): void {
  checks.notEmpty(path, list, `list at least one ${what}, or omit it`);
  checks.unique(checks.items(path, list));
}

/** A pool's nodes have the group's taints too. */
function checkGroupTaints(
  path: string,
  { declared }: ResolvedNodePool,
  group: ResolvedKarpenterGroup,
  checks: Checks,
): void {
  const ofGroup = new Set(group.taints.map(taintIdentity));
  for (const [taint, taintPath] of checks.items(`${path}.taints`, declared.taints)) {
    const identity = taintIdentity(taint);
    if (ofGroup.has(identity)) {
      checks.problem(taintPath, "already a taint of the group", identity, "set it on the group or on the pool");
    }
  }
}

function checkSize(path: string, pool: ResolvedNodePool, { group, groupPath }: PoolContext, checks: Checks): void {
  const { declared, weight, replicas } = pool;
  checks.atLeast(`${path}.replicas`, declared.replicas, 0);
  const isSizeOfGroup = group.isStatic && group.nodePools.length === 1;
  checks.conflictsWith(`${path}.replicas`, declared.replicas, `${groupPath}.minSize`, isSizeOfGroup);
  checks.between(`${path}.weight`, weight, { least: 1, most: 100 });
  if (weight !== undefined && replicas !== undefined) {
    checks.problem(`${path}.weight`, "not allowed for a static pool", weight, "omit it, or omit replicas and minSize");
  }
}

function checkLimits(path: string, pool: ResolvedNodePool, { group, groupPath }: PoolContext, checks: Checks): void {
  const { declared, replicas } = pool;
  for (const [resource, amount, limitPath] of fields(`${path}.limits`, declared.limits)) {
    if (replicas !== undefined && resource !== "nodes") {
      checks.problem(limitPath, "not allowed for a static pool", amount, "must limit nodes only");
    }
    checks.matches(limitPath, amount, resource === "nodes" ? nodeCount : quantity);
  }
  const nodes = declared.limits?.["nodes"];
  const nodesPath = `${path}.limits.nodes`;
  checks.conflictsWith(nodesPath, nodes, `${groupPath}.maxSize`, group.maxSize !== undefined);
  if (nodes !== undefined && replicas !== undefined && Number(nodes) < replicas && checks.report.isSound(nodesPath)) {
    checks.problem(nodesPath, "below replicas", nodes, `must be at least ${replicas}`);
  }
}

function checkDisruption(path: string, disruption: ResolvedNodePool["disruption"], checks: Checks): void {
  if (disruption === undefined) {
    return;
  }
  checkDuration(`${path}.consolidateAfter`, disruption.consolidateAfter, consolidateAfter, checks);
  // Karpenter reads an empty list as no limit: it would replace all nodes at once.
  checks.notEmpty(
    `${path}.budgets`,
    disruption.budgets,
    'list at least one, such as nodes "100%" for no limit, or omit it',
  );
  checks.fewerThan(`${path}.budgets`, disruption.budgets?.length ?? 0, mostBudgets, "budgets");
  for (const [budget, budgetPath] of checks.items(`${path}.budgets`, disruption.budgets)) {
    checkBudget(budgetPath, budget, checks);
  }
}

function checkBudget(path: string, { nodes, schedule, duration, reasons }: Budget, checks: Checks): void {
  checks.matches(`${path}.nodes`, nodes, budgetNodes);
  checks.matches(`${path}.schedule`, schedule, budgetSchedule);
  checkDuration(`${path}.duration`, duration, budgetDuration, checks);
  checks.onlyIf(
    `${path}.schedule`,
    schedule,
    { holds: duration !== undefined, text: "duration is set" },
    bothOrNeither,
  );
  checks.onlyIf(
    `${path}.duration`,
    duration,
    { holds: schedule !== undefined, text: "schedule is set" },
    bothOrNeither,
  );
  checkList(`${path}.reasons`, reasons, "reason", checks);
}
