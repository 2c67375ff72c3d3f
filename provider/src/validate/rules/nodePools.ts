/** NodePools. */
import type { Architecture } from "../../model/instanceTypes";
import type { Budget, Disruption, NodeGroup, NodePool } from "../../schema/types.gen";
import { show, showList } from "../report/display";
import { eachDuplicate, fields, items } from "./entries";
import { isQuantity, quantityRule } from "./formats";
import type { Problems } from "../report/problem";
import { checkRequirements } from "./requirements";
import { checkLabels, checkTaints } from "./scheduling";

/** Karpenter v1.14.1 pkg/apis/crds/karpenter.sh_nodepools.yaml: the limits and patterns below */
const mostBudgets = 50;
const durationOrNever = /^(([0-9]+(s|m|h))+|Never)$/;
const duration = /^([0-9]+(s|m|h))+$/;
const budgetDuration = /^([0-9]+h[0-9]+m|[0-9]+(h|m))(0s)?$/;
const budgetNodes = /^((100|[0-9]{1,2})%|[0-9]+)$/;
const budgetSchedule = /^(@(annually|yearly|monthly|weekly|daily|midnight|hourly)|\S+(\s+\S+){4})$/;

export interface PoolContext {
  readonly group: NodeGroup;
  /** What the group's types and images leave. */
  readonly architectures: readonly Architecture[];
  readonly poolCount: number;
}

export function checkNodePool(pool: NodePool, path: string, context: PoolContext, problems: Problems): void {
  checkArchitectures(pool, path, context.architectures, problems);
  checkList(pool.capacityTypes, `${path}.capacityTypes`, "capacity types", problems);
  checkRequirements(pool.requirements, `${path}.requirements`, problems);
  checkLabels(pool.labels, `${path}.labels`, problems);
  checkTaints(pool.taints, `${path}.taints`, problems);
  checkTaints(pool.startupTaints, `${path}.startupTaints`, problems);
  checkGroupTaints(pool, context.group, path, problems);
  checkSize(pool, path, context, problems);
  checkLimits(pool, path, context.group, problems);
  checkDisruption(pool.disruption, `${path}.disruption`, problems);
  if (pool.expireAfter !== undefined && !durationOrNever.test(pool.expireAfter)) {
    problems.add(
      `${path}.expireAfter`,
      `not a duration, got ${show(pool.expireAfter)}; must be such as 720h, or Never`,
    );
  }
  const grace = pool.terminationGracePeriod;
  if (grace !== undefined && !duration.test(grace)) {
    problems.add(`${path}.terminationGracePeriod`, `not a duration, got ${show(grace)}; must be such as 48h or 1h30m`);
  }
}

function checkArchitectures(pool: NodePool, path: string, ofGroup: readonly Architecture[], problems: Problems): void {
  const listPath = `${path}.architectures`;
  checkList(pool.architectures, listPath, "architectures", problems);
  for (const [architecture, itemPath] of items(pool.architectures, listPath)) {
    if (ofGroup.length > 0 && !ofGroup.includes(architecture)) {
      const has = `the group's images and instance types are for ${showList(ofGroup)}`;
      problems.add(itemPath, `not an architecture of the group, got ${show(architecture)}; ${has}`);
    }
  }
}

function checkList(list: readonly string[] | undefined, path: string, what: string, problems: Problems): void {
  if (list?.length === 0) {
    problems.add(path, `empty, got no ${what}; must have at least one, or leave it out`);
  }
  eachDuplicate(items(list, path), (value, itemPath, first) => {
    problems.add(itemPath, `given twice, got ${show(value)}; it is already in ${first}`);
  });
}

/** A pool's nodes have the group's taints too. */
function checkGroupTaints(pool: NodePool, group: NodeGroup, path: string, problems: Problems): void {
  const ofGroup = new Set(items(group.taints, "").map(([taint]) => `${taint.key}:${taint.effect}`));
  for (const [taint, taintPath] of items(pool.taints, `${path}.taints`)) {
    const identity = `${taint.key}:${taint.effect}`;
    if (ofGroup.has(identity)) {
      problems.add(taintPath, `already a taint of the group, got ${show(identity)}; leave it out here or there`);
    }
  }
}

function checkSize(pool: NodePool, path: string, { group, poolCount }: PoolContext, problems: Problems): void {
  const groupIsStatic = group.minSize !== undefined && group.minSize > 0;
  if (pool.replicas !== undefined && pool.replicas < 0) {
    problems.add(`${path}.replicas`, `out of range, got ${pool.replicas}; must be 0 or more`);
  }
  if (pool.replicas !== undefined && groupIsStatic && poolCount === 1) {
    const rule = "leave it out here or there";
    problems.add(`${path}.replicas`, `size given twice, got ${pool.replicas} beside minSize of the group; ${rule}`);
  }
  if (pool.weight === undefined) {
    return;
  }
  if (pool.weight < 1 || pool.weight > 100) {
    problems.add(`${path}.weight`, `out of range, got ${pool.weight}; must be 1 to 100`);
  }
  if (pool.replicas !== undefined || groupIsStatic) {
    problems.add(
      `${path}.weight`,
      `weight of a static pool, got ${pool.weight}; leave it out, or make the pool dynamic`,
    );
  }
}

function checkLimits(pool: NodePool, path: string, group: NodeGroup, problems: Problems): void {
  const isStatic = pool.replicas !== undefined || (group.minSize !== undefined && group.minSize > 0);
  for (const [resource, amount, limitPath] of fields(pool.limits, `${path}.limits`)) {
    if (isStatic && resource !== "nodes") {
      problems.add(limitPath, `limit of a static pool, got ${show(resource)}; must be nodes alone`);
    }
    if (!isQuantity(amount)) {
      problems.add(limitPath, `not a quantity, got ${show(amount)}; ${quantityRule}`);
    }
  }
  const nodes = pool.limits?.["nodes"];
  if (nodes !== undefined && group.maxSize !== undefined) {
    problems.add(
      `${path}.limits.nodes`,
      `limit given twice, got ${show(nodes)} beside maxSize of the group; leave it out here or there`,
    );
  } else if (
    nodes !== undefined &&
    pool.replicas !== undefined &&
    /^[0-9]+$/.test(nodes) &&
    Number(nodes) < pool.replicas
  ) {
    problems.add(`${path}.limits.nodes`, `below replicas, got ${show(nodes)}; must be at least ${pool.replicas}`);
  }
}

function checkDisruption(disruption: Disruption | undefined, path: string, problems: Problems): void {
  const after = disruption?.consolidateAfter;
  if (after !== undefined && !durationOrNever.test(after)) {
    problems.add(`${path}.consolidateAfter`, `not a duration, got ${show(after)}; must be such as 5m, or Never`);
  }
  const budgets = disruption?.budgets;
  if (budgets !== undefined && budgets.length > mostBudgets) {
    problems.add(`${path}.budgets`, `too many budgets, got ${budgets.length}; must be at most ${mostBudgets}`);
  }
  for (const [budget, budgetPath] of items(budgets, `${path}.budgets`)) {
    checkBudget(budget, budgetPath, problems);
  }
}

function checkBudget(budget: Budget, path: string, problems: Problems): void {
  const { nodes, schedule, duration: length } = budget;
  if (nodes !== undefined && !budgetNodes.test(nodes)) {
    problems.add(
      `${path}.nodes`,
      `not a number of nodes, got ${show(nodes)}; must be a number or a percentage, as in 3 or 10%`,
    );
  }
  if (schedule !== undefined && !budgetSchedule.test(schedule)) {
    const rule =
      "must be five cron fields, or one of @hourly, @daily, @midnight, @weekly, @monthly, @yearly, @annually";
    problems.add(`${path}.schedule`, `not a schedule, got ${show(schedule)}; ${rule}`);
  }
  if (length !== undefined && !budgetDuration.test(length)) {
    problems.add(
      `${path}.duration`,
      `not a duration of a budget, got ${show(length)}; must be hours and minutes, as in 8h or 1h30m`,
    );
  }
  if (schedule !== undefined && length === undefined) {
    problems.add(`${path}.schedule`, `schedule without a duration, got ${show(schedule)}; must have both or neither`);
  }
  if (schedule === undefined && length !== undefined) {
    problems.add(`${path}.duration`, `duration without a schedule, got ${show(length)}; must have both or neither`);
  }
  checkList(budget.reasons, `${path}.reasons`, "reasons", problems);
}
