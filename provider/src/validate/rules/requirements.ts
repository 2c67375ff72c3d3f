/** Requirements of NodePools. */
import type { Requirement } from "../../schema/types.gen";
import type { Checks } from "../kit/checks";
import { labelKey, labelValue } from "../kit/formats";
import { showSome } from "../report/display";
import { isKarpenterKey } from "./scheduling";

/** Karpenter v1.14.1 pkg/apis/crds/karpenter.sh_nodepools.yaml: 100, of which up to four are the component's */
const mostRequirements = 96;
const mostMinValues = 50;

/** Keys that other inputs, Karpenter or kOps set. */
const ownKeys: Readonly<Record<string, string>> = {
  "kubernetes.io/arch": "set architectures on the pool",
  "kubernetes.io/os": "nodes are always linux",
  "karpenter.sh/capacity-type": "set capacityTypes on the pool",
  "karpenter.sh/nodepool": "Karpenter sets it",
  "kubernetes.io/hostname": "Karpenter names the nodes",
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
  path: string,
  requirements: readonly Requirement[] | undefined,
  checks: Checks,
): void {
  checks.fewerThan(path, requirements?.length ?? 0, mostRequirements, "requirements");
  for (const [requirement, requirementPath] of checks.items(path, requirements)) {
    checkKey(`${requirementPath}.key`, requirement.key, checks);
    checkValues(requirementPath, requirement, checks);
    checkMinValues(requirementPath, requirement, checks);
  }
}

function checkKey(path: string, key: string, checks: Checks): void {
  const elsewhere = Object.hasOwn(ownKeys, key) ? ownKeys[key] : undefined;
  if (elsewhere !== undefined) {
    checks.problem(path, "reserved requirement", key, elsewhere);
  } else if (isKarpenterKey(key) && !providerKeys.has(key)) {
    const rule = "must be one of Karpenter's, such as karpenter.k8s.aws/instance-category";
    checks.problem(path, "unknown key of a reserved domain", key, rule);
  } else {
    checks.matches(path, key, labelKey());
  }
}

function checkValues(path: string, { operator, values = [] }: Requirement, checks: Checks): void {
  const valuesPath = `${path}.values`;
  switch (operator) {
    case "In":
    case "NotIn":
      if (values.length === 0) {
        checks.report.add(valuesPath, `required when operator is ${operator}; list at least one value`);
      }
      break;
    case "Exists":
    case "DoesNotExist":
      if (values.length > 0) {
        checks.problem(valuesPath, `not allowed with operator ${operator}`, values.length, "omit them");
      }
      break;
    case "Gt":
    case "Lt":
    case "Gte":
    case "Lte":
      if (values.length !== 1 || !/^[0-9]{1,18}$/.test(values[0] ?? "")) {
        const rule = "must be one whole number, 0 or more";
        checks.report.add(valuesPath, `invalid values for operator ${operator}, got ${showSome(values)}; ${rule}`);
        return;
      }
      break;
  }
  checks.matchAll(checks.items(valuesPath, values), labelValue());
}

function checkMinValues(path: string, { operator, values = [], minValues }: Requirement, checks: Checks): void {
  const minPath = `${path}.minValues`;
  checks.between(minPath, minValues, { least: 1, most: mostMinValues });
  if (minValues !== undefined && operator === "In" && values.length < minValues && checks.report.isSound(minPath)) {
    checks.problem(minPath, "more than the number of values", minValues, `must be at most ${values.length}`);
  }
}
