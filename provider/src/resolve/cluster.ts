/** Inputs to the resolved cluster: every default of kOps and of this package, filled in once. */
import type { KopsRelease } from "../releases/release";
import type { ClusterInputs } from "../schema/types.gen";
import { resolveEtcdClusters } from "./etcd";
import { controlPlaneImage, controlPlaneZones, resolveControlPlaneGroups, resolveNodeGroups } from "./groups";
import { isKarpenterEnabled, resolveKarpenter } from "./karpenter";
import type { DeclaredCluster, Partition, ResolvedCluster } from "../model/cluster";
import { resolveKubeconfig } from "./kubeconfig";
import { resolveNetwork } from "./network";
import { resolveKeysets } from "./pki";
import { releaseOf } from "./release";
import { resolveRollingUpdate } from "./rollingUpdate";
import { partitionOfRegion, regionOfZone } from "../model/zones";

const readinessTimeoutSeconds = 900;

/** Total: structurally sound inputs have a resolved cluster, which validation then judges. */
export function resolveCluster(
  inputs: ClusterInputs,
  release: KopsRelease = releaseOf(inputs.kopsVersion),
): ResolvedCluster {
  const kubernetesVersion = inputs.kubernetesVersion ?? release.kubernetes.defaultVersion;
  const controlPlane = inputs.controlPlane ?? {};
  const zones = controlPlaneZones(controlPlane, inputs.zones);
  const image = controlPlaneImage(controlPlane, release);
  const network = resolveNetwork(inputs, release);
  const manager = isKarpenterEnabled(inputs.karpenter) ? "Karpenter" : "CloudGroup";
  const cni = inputs.cni ?? "cilium";
  const nodeGroups = resolveNodeGroups(inputs.nodeGroups, { zones: inputs.zones, network, release, manager, cni });
  return {
    declared: withoutSecrets(inputs),
    name: inputs.clusterName,
    ...resolveRegion(inputs.zones),
    release,
    kubernetesVersion,
    tags: inputs.tags ?? {},
    stores: {
      state: inputs.stateStore === undefined ? "created" : "given",
      discovery: inputs.discoveryStore === undefined ? "created" : "given",
      s3Compatible: inputs.stateStoreAccess !== undefined,
    },
    network,
    dns: { type: inputs.dns?.type ?? "none", zone: inputs.dns?.zone },
    cni,
    amazonVpc: inputs.amazonVPC ?? {},
    cilium: inputs.cilium ?? {},
    calico: inputs.calico ?? {},
    api: {
      access: inputs.api?.access ?? release.defaults.access,
      loadBalancer: inputs.api?.loadBalancer ?? "public",
      endpoint: inputs.api?.endpoint,
    },
    ssh: { access: inputs.sshAccess ?? release.defaults.access, publicKey: inputs.sshPublicKey },
    etcdClusters: resolveEtcdClusters(zones, controlPlane, release, kubernetesVersion),
    controlPlaneGroups: resolveControlPlaneGroups(controlPlane, zones, image, network, release),
    nodeGroups,
    karpenter: resolveKarpenter(inputs.karpenter ?? {}, release, zones.length, nodeGroups),
    clusterSpec: inputs.clusterSpec ?? {},
    encryptsObjects: inputs.encryptionConfig !== undefined,
    keysets: resolveKeysets(inputs.pki ?? {}),
    serviceAccountRoles: (inputs.serviceAccountRoles ?? []).map((role) => ({
      namespace: role.namespace,
      name: role.name,
      policyArns: role.policyArns ?? [],
      inlinePolicy: role.inlinePolicy,
    })),
    assets: resolveAssets(inputs.assets),
    preflight: { skip: inputs.preflight?.skip ?? false },
    readiness: resolveReadiness(inputs.readiness),
    rollingUpdate: resolveRollingUpdate(inputs.rollingUpdate ?? {}),
    kopsMetadata: resolveMetadata(inputs.kopsMetadata),
    kubeconfig: resolveKubeconfig(inputs),
    deletionProtection: inputs.deletionProtection ?? false,
    retain: inputs.retain ?? [],
    acknowledged: inputs.acknowledge ?? [],
  };
}

function resolveAssets({
  kopsBaseUrl,
  kopsSourceUrl,
  fileRepository,
  containerRegistry,
}: ClusterInputs["assets"] = {}) {
  return { kopsBaseUrl, kopsSourceUrl, fileRepository, containerRegistry };
}

function resolveReadiness({ timeoutSeconds, skip, validationTimeoutSeconds }: ClusterInputs["readiness"] = {}) {
  return {
    timeoutSeconds: timeoutSeconds ?? readinessTimeoutSeconds,
    skip: skip ?? false,
    validationTimeoutSeconds: validationTimeoutSeconds ?? 0,
  };
}

function resolveMetadata({ cluster, instanceGroups }: ClusterInputs["kopsMetadata"] = {}) {
  return { cluster: cluster ?? {}, instanceGroups: instanceGroups ?? {} };
}

function withoutSecrets(inputs: ClusterInputs): DeclaredCluster {
  const { stateStoreAccess: _access, pki: _keys, encryptionConfig: _encryption, ...declared } = inputs;
  return declared;
}

/** That of the first zone that has one; validation reports zones without. */
function resolveRegion(zones: readonly string[]): { readonly region: string; readonly partition: Partition } {
  const region = zones.map(regionOfZone).find((found) => found !== undefined) ?? "";
  return { region, partition: partitionOfRegion(region) ?? "aws" };
}
