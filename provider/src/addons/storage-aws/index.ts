/** Storage classes, and what the in-tree volume plugin's service account may do. */
import { ebsDriver } from "../../model/aws";
import type { ChannelAddon } from "../addon";
import { kubeSystem } from "../objects/containers";
import { object, type KubernetesObject } from "../objects/builders";
import { clusterRole, clusterRoleBinding, rule, serviceAccountSubject } from "../objects/rbac";

const inTreeProvisioner = "kubernetes.io/aws-ebs";
const cloudProvider = "system:aws-cloud-provider";

interface StorageClassFields {
  readonly provisioner: string;
  readonly parameters: { readonly type: "gp2" | "gp3"; readonly encrypted?: "true" };
  readonly allowVolumeExpansion?: true;
  readonly volumeBindingMode?: "WaitForFirstConsumer";
}

export const storageAws: ChannelAddon = { name: "storage-aws.addons.k8s.io", objects };

function objects(): readonly KubernetesObject[] {
  const expandable = { allowVolumeExpansion: true, volumeBindingMode: "WaitForFirstConsumer" } as const;
  return [
    storageClass("default", undefined, { provisioner: inTreeProvisioner, parameters: { type: "gp2" } }),
    storageClass("gp2", false, { provisioner: inTreeProvisioner, parameters: { type: "gp2" } }),
    storageClass("kops-ssd-1-17", false, {
      provisioner: inTreeProvisioner,
      parameters: { type: "gp2", encrypted: "true" },
      ...expandable,
    }),
    storageClass("kops-csi-1-21", true, {
      provisioner: ebsDriver,
      parameters: { type: "gp3", encrypted: "true" },
      ...expandable,
    }),
    clusterRole({ name: cloudProvider }, [
      rule("", "nodes", "get list patch"),
      rule("", "events", "create patch update"),
    ]),
    clusterRoleBinding({ name: cloudProvider }, cloudProvider, serviceAccountSubject("aws-cloud-provider", kubeSystem)),
  ];
}

function storageClass(name: string, isDefault: boolean | undefined, fields: StorageClassFields): KubernetesObject {
  const annotations =
    isDefault === undefined
      ? {}
      : { annotations: { "storageclass.kubernetes.io/is-default-class": String(isDefault) } };
  return object("storage.k8s.io/v1", "StorageClass", { name, ...annotations }, fields);
}
