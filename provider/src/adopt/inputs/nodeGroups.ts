/** Inputs of worker groups, from their instance groups. */
import { nanoseconds } from "../../encode/duration";
import { schemaShape } from "../../schema/shape.gen";
import type { Fields } from "../../encode/fields";
import { fieldsOf, listOf, present, textOf } from "../fields";
import type { StoredObject } from "../store/storedCluster";
import { commonInputs } from "./groupFields";
import { zonesOfSubnets } from "./network";
import { groupSections } from "./sections";

export function nodeGroups(groups: readonly StoredObject[], clusterSpec: Fields): Fields {
  return Object.fromEntries(groups.map(({ name, spec }) => [name, nodeGroup(spec, clusterSpec)]));
}

function nodeGroup(spec: Fields, clusterSpec: Fields): Fields {
  // kOps takes a group without one for a group of the cloud.
  const manager = textOf(spec["manager"]) ?? "CloudGroup";
  const { httpPutResponseHopLimit, httpTokens } = fieldsOf(spec["instanceMetadata"]);
  return (
    present({
      manager: manager === "Karpenter" ? undefined : manager,
      instanceTypes: instanceTypes(spec),
      images: spec["image"] === undefined ? undefined : [spec["image"]],
      minSize: spec["minSize"],
      maxSize: spec["maxSize"],
      zones: zonesOfSubnets(clusterSpec, listOf(spec["subnets"])),
      ...commonInputs(spec),
      volumes: spec["volumes"] === undefined ? undefined : listOf(spec["volumes"]).map(fieldsOf).map(volume),
      kubelet: kubelet(fieldsOf(spec["kubelet"])),
      tags: spec["cloudLabels"],
      metadataOptions: present({ httpPutResponseHopLimit, httpTokens }),
      associatePublicIp: spec["associatePublicIp"],
      detailedMonitoring: spec["detailedInstanceMonitoring"],
      cloudGroup: manager === "CloudGroup" ? cloudGroup(spec) : undefined,
      instanceGroupSpec: groupSections(spec, "nodeGroups.*.instanceGroupSpec"),
    }) ?? {}
  );
}

function instanceTypes(spec: Fields): unknown {
  const { instances } = fieldsOf(spec["mixedInstancesPolicy"]);
  if (instances !== undefined) return instances;
  return spec["machineType"] === undefined ? undefined : [spec["machineType"]];
}

/** The settings that a node group has inputs for; others go to its instanceGroupSpec. */
function kubelet(settings: Fields): Fields | undefined {
  const own = schemaShape.objects["Kubelet"] ?? {};
  return present(Object.fromEntries(Object.entries(settings).filter(([key]) => key in own)));
}

function volume({ device, key, ...others }: Fields): Fields {
  return present({ deviceName: device, kmsKeyArn: key, ...others }) ?? {};
}

function cloudGroup(spec: Fields): Fields | undefined {
  const { instances: _types, ...mixedInstancesPolicy } = fieldsOf(spec["mixedInstancesPolicy"]);
  const { maxSurge, maxUnavailable } = fieldsOf(spec["rollingUpdate"]);
  const share = (value: unknown): string | undefined => (typeof value === "number" ? String(value) : textOf(value));
  const balancers = spec["externalLoadBalancers"];
  return present({
    ...present({
      capacityRebalance: spec["capacityRebalance"],
      cpuCredits: spec["cpuCredits"],
      instanceProtection: spec["instanceProtection"],
      maxInstanceLifetime: seconds(spec["maxInstanceLifetime"]),
      maxPrice: spec["maxPrice"],
      suspendProcesses: spec["suspendProcesses"],
      tenancy: spec["tenancy"],
      warmPool: spec["warmPool"],
    }),
    mixedInstancesPolicy: present(mixedInstancesPolicy),
    rollingUpdate: present({ maxSurge: share(maxSurge), maxUnavailable: share(maxUnavailable) }),
    targetGroupArns:
      balancers === undefined ? undefined : listOf(balancers).map((each) => fieldsOf(each)["targetGroupArn"]),
  });
}

function seconds(duration: unknown): number | undefined {
  const length = nanoseconds(textOf(duration) ?? "");
  return length === undefined ? undefined : length / 1e9;
}
