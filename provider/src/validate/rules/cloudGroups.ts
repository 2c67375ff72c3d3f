/** Groups of workers in Auto Scaling groups. */
import type { ResolvedCloudGroup } from "../../model/cluster";
import { warmPoolOf } from "../../model/warmPool";
import { percentOrCount } from "../../model/rollingUpdate";
import type { NodeGroup } from "../../schema/types.gen";
import type { Checks } from "../kit/checks";
import { pattern, type Format } from "../kit/formats";

const noSetting = "omit it: kOps's launch templates have no such setting";
const noObjects = "omit it: the group has no Karpenter objects";

/** Inputs that Karpenter's objects alone have. */
const ofKarpenter: Partial<Record<keyof NodeGroup, string>> = {
  nodeClassName: noObjects,
  nodePools: `${noObjects}; set labels, taints, instanceTypes and maxSize on the group`,
  capacityReservationSelectorTerms: noSetting,
  placementGroupSelector: noSetting,
  networkInterfaces: noSetting,
  ipPrefixCount: noSetting,
  connectionTracking: noSetting,
  cpuOptions: noSetting,
  enclaveOptions: noSetting,
  context: noSetting,
};
const ofKarpenterVolumes = ["snapshotId", "volumeInitializationRate", "kubeletRoot"] as const;
const onlyKarpenter = "allowed only with manager Karpenter";

/** https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-suspend-resume-processes.html */
const processes = [
  ...["AddToLoadBalancer", "AlarmNotification", "AZRebalance", "HealthCheck", "InstanceRefresh", "Launch"],
  ...["ReplaceUnhealthy", "ScheduledActions", "Terminate"],
];
const price = pattern("price", /^[0-9]{1,4}(\.[0-9]{1,6})?$/, "US dollars per hour, as in 0.05");
const targetGroupArn = pattern(
  "target group",
  /^arn:[a-z-]+:elasticloadbalancing:[a-z0-9-]+:[0-9]{12}:targetgroup\/[^/]{1,32}\/[^/]+$/,
  "the ARN of a target group",
);
const share: Format = {
  name: "number of instances",
  test: (text) => percentOrCount(text) !== undefined,
  rule: "a number or a percentage, as in 2 or 10%",
};

export function checkCloudGroup(path: string, group: ResolvedCloudGroup, checks: Checks): void {
  checkForeign(path, group.declared, checks);
  const images = group.declared.images?.length ?? 0;
  if (images > 1)
    checks.problem(`${path}.images`, "several images", images, "must be one, that of the launch template");
  checkSettings(`${path}.cloudGroup`, group, checks);
  checkWarmPool(`${path}.cloudGroup`, group, checks);
  checkPolicy(`${path}.cloudGroup.mixedInstancesPolicy`, group, checks);
  checkRollingUpdate(`${path}.cloudGroup.rollingUpdate`, group, checks);
}

function checkForeign(path: string, declared: NodeGroup, checks: Checks): void {
  for (const [input, rule] of Object.entries(ofKarpenter)) {
    const value = declared[input as keyof NodeGroup];
    if (value !== undefined) checks.problem(`${path}.${input}`, onlyKarpenter, value, rule);
  }
  const ipv6 = declared.metadataOptions?.httpProtocolIpv6;
  if (ipv6 !== undefined) {
    const rule = "omit it: kOps disables the endpoint's IPv6 address";
    checks.problem(`${path}.metadataOptions.httpProtocolIpv6`, onlyKarpenter, ipv6, rule);
  }
  for (const [volume, volumePath] of checks.items(`${path}.volumes`, declared.volumes)) {
    for (const field of ofKarpenterVolumes) {
      const rule = "omit it: a volume of a kOps instance group has no such field";
      if (volume[field] !== undefined) checks.problem(`${volumePath}.${field}`, onlyKarpenter, volume[field], rule);
    }
  }
}

function checkSettings(path: string, { settings }: ResolvedCloudGroup, checks: Checks): void {
  const { maxPrice, maxInstanceLifetime, suspendProcesses, targetGroupArns } = settings;
  checks.matches(`${path}.maxPrice`, maxPrice, price);
  const life = { least: 86_400, most: 31_536_000, unit: "seconds" };
  checks.between(`${path}.maxInstanceLifetime`, maxInstanceLifetime, life);
  const listed = checks.items(`${path}.suspendProcesses`, suspendProcesses);
  for (const [process, processPath] of listed) checks.oneOf(processPath, process, processes, "unknown process");
  checks.unique(listed);
  const targets = checks.items(`${path}.targetGroupArns`, targetGroupArns);
  checks.matchAll(targets, targetGroupArn);
  checks.unique(targets);
}

/** kops pkg/apis/kops/validation/instancegroup.go:289 */
function checkWarmPool(path: string, group: ResolvedCloudGroup, checks: Checks): void {
  const { warmPool, maxPrice } = group.settings;
  if (warmPool === undefined) return;
  const at = `${path}.warmPool`;
  const { minSize, maxSize, enableLifecycleHook, lifecycleHookTimeout, additionalImages } = warmPool;
  checks.atLeast(`${at}.maxSize`, maxSize, 0);
  const most = maxSize === undefined ? {} : { most: Math.max(0, maxSize), scope: "(maxSize)" };
  checks.between(`${at}.minSize`, minSize, { least: 0, most: Infinity, ...most });
  if (maxPrice !== undefined && warmPoolOf(group) !== undefined) {
    checks.problem(at, "conflicts with maxPrice", warmPool, "omit it: spot instances cannot be stopped");
  }
  checks.onlyIf(`${at}.lifecycleHookTimeout`, lifecycleHookTimeout, {
    holds: enableLifecycleHook === true,
    text: "enableLifecycleHook is true",
  });
  checks.between(`${at}.lifecycleHookTimeout`, lifecycleHookTimeout, { least: 30, most: 7200, unit: "seconds" });
  checks.unique(checks.items(`${at}.additionalImages`, additionalImages));
}

/** kops pkg/apis/kops/validation/aws.go:254 */
function checkPolicy(path: string, { settings, maxSize }: ResolvedCloudGroup, checks: Checks): void {
  const policy = settings.mixedInstancesPolicy ?? {};
  const { onDemandBase, onDemandAboveBase, spotAllocationStrategy, spotInstancePools } = policy;
  checks.between(`${path}.onDemandBase`, onDemandBase, { least: 0, most: maxSize, scope: "(maxSize)" });
  checks.between(`${path}.onDemandAboveBase`, onDemandAboveBase, { least: 0, most: 100, unit: "percent" });
  checks.between(`${path}.spotInstancePools`, spotInstancePools, { least: 1, most: 20 });
  checks.onlyIf(`${path}.spotInstancePools`, spotInstancePools, {
    holds: spotAllocationStrategy === "lowest-price",
    text: "spotAllocationStrategy is lowest-price",
  });
}

/** kops pkg/apis/kops/validation/validation.go:1992 */
function checkRollingUpdate(path: string, { settings }: ResolvedCloudGroup, checks: Checks): void {
  const { maxSurge, maxUnavailable } = settings.rollingUpdate ?? {};
  checks.matches(`${path}.maxSurge`, maxSurge, share);
  checks.matches(`${path}.maxUnavailable`, maxUnavailable, share);
  const isZero = (text: string | undefined): boolean => text !== undefined && /^0+%?$/.test(text);
  if (isZero(maxSurge) && isZero(maxUnavailable)) {
    const rule = "must be above 0 if maxUnavailable is 0";
    checks.problem(`${path}.maxSurge`, "no instance could be replaced", maxSurge, rule);
  }
}
