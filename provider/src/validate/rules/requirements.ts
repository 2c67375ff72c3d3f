/** Requirements of NodePools. */
import type { Requirement } from "../../schema/types.gen";
import { show, showList } from "../report/display";
import { items } from "./entries";
import { isLabelKey, isLabelValue, labelKeyRule, labelValueRule } from "./formats";
import type { Problems } from "../report/problem";
import { isKarpenterKey } from "./scheduling";

/** Karpenter v1.14.1 pkg/apis/crds/karpenter.sh_nodepools.yaml: 100, of which up to four are the component's */
const mostRequirements = 96;
const mostMinValues = 50;

/** What is said elsewhere. */
const ownKeys: Readonly<Record<string, string>> = {
  "kubernetes.io/arch": "set architectures of the pool",
  "kubernetes.io/os": "nodes are always linux",
  "karpenter.sh/capacity-type": "set capacityTypes of the pool",
  "karpenter.sh/nodepool": "Karpenter sets it",
  "kubernetes.io/hostname": "Karpenter makes the nodes, and their names",
};

/** Karpenter v1.14.1 pkg/apis/crds/karpenter.sh_nodepools.yaml: the rule on spec.template.spec.requirements[].key */
const providerKeys = new Set(
  [
    "instance-tenancy",
    "capacity-reservation-type",
    "capacity-reservation-id",
    "capacity-reservation-interruptible",
    "ec2nodeclass",
    "instance-encryption-in-transit-supported",
    "instance-category",
    "instance-hypervisor",
    "instance-family",
    "instance-generation",
    "instance-local-nvme",
    "instance-size",
    "instance-cpu",
    "instance-cpu-manufacturer",
    "instance-cpu-sustained-clock-speed-mhz",
    "instance-memory",
    "instance-ebs-bandwidth",
    "instance-network-bandwidth",
    "instance-gpu-name",
    "instance-gpu-manufacturer",
    "instance-gpu-count",
    "instance-gpu-memory",
    "instance-accelerator-name",
    "instance-accelerator-manufacturer",
    "instance-accelerator-count",
    "instance-capability-flex",
    "placement-group-id",
    "placement-group-partition",
  ].map((name) => `karpenter.k8s.aws/${name}`),
);

export function checkRequirements(
  requirements: readonly Requirement[] | undefined,
  path: string,
  problems: Problems,
): void {
  if (requirements !== undefined && requirements.length > mostRequirements) {
    problems.add(path, `too many requirements, got ${requirements.length}; must be at most ${mostRequirements}`);
  }
  for (const [requirement, requirementPath] of items(requirements, path)) {
    checkKey(requirement.key, `${requirementPath}.key`, problems);
    checkValues(requirement, requirementPath, problems);
    checkMinValues(requirement, requirementPath, problems);
  }
}

function checkKey(key: string, path: string, problems: Problems): void {
  const elsewhere = Object.hasOwn(ownKeys, key) ? ownKeys[key] : undefined;
  if (!isLabelKey(key)) {
    problems.add(path, `not a label key, got ${show(key)}; ${labelKeyRule}`);
  } else if (elsewhere !== undefined) {
    problems.add(path, `reserved requirement, got ${show(key)}; ${elsewhere}`);
  } else if (isKarpenterKey(key) && !providerKeys.has(key)) {
    problems.add(
      path,
      `unknown key of a reserved domain, got ${show(key)}; must be one of Karpenter's, such as karpenter.k8s.aws/instance-category`,
    );
  }
}

function checkValues({ operator, values }: Requirement, path: string, problems: Problems): void {
  const valuesPath = `${path}.values`;
  const count = values?.length ?? 0;
  switch (operator) {
    case "In":
    case "NotIn":
      if (count === 0) {
        problems.add(valuesPath, `no values for operator ${operator}, got none; must have at least one`);
      }
      break;
    case "Exists":
    case "DoesNotExist":
      if (count > 0) {
        problems.add(valuesPath, `values for operator ${operator}, got ${count}; leave them out`);
      }
      break;
    case "Gt":
    case "Lt":
    case "Gte":
    case "Lte":
      if (count !== 1 || !/^[0-9]{1,18}$/.test(values?.[0] ?? "")) {
        problems.add(
          valuesPath,
          `wrong values for operator ${operator}, got ${showList(values ?? []) || "none"}; must be one whole number, 0 or more`,
        );
        return;
      }
      break;
  }
  for (const [value, valuePath] of items(values, valuesPath)) {
    if (!isLabelValue(value)) {
      problems.add(valuePath, `not a label value, got ${show(value)}; ${labelValueRule}`);
    }
  }
}

function checkMinValues({ operator, values, minValues }: Requirement, path: string, problems: Problems): void {
  if (minValues === undefined) {
    return;
  }
  if (minValues < 1 || minValues > mostMinValues) {
    problems.add(`${path}.minValues`, `out of range, got ${minValues}; must be 1 to ${mostMinValues}`);
  } else if (operator === "In" && (values?.length ?? 0) < minValues) {
    problems.add(
      `${path}.minValues`,
      `more than there are values, got ${minValues}; must be at most ${values?.length ?? 0}`,
    );
  }
}
