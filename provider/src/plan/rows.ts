/**
 * What planning hands to `components/`: one plain row per AWS resource.
 *
 * - `key` is the suffix of its logical name, for example `subnet-us-east-1a`, and never changes for the same resource.
 * - `ref` is what other rows know it by.
 * - `args` are what the provider takes, less what points at other resources: that stands beside them, by `ref`, and
 *   components fill it in.
 *
 * A row's type is that of the function that plans it, which checks `args` against the provider's own types. Here are the
 * refs that several of those functions share.
 */

export type SecurityGroupRef = "controlPlane" | "nodes" | "api" | "bastion" | "bastionLoadBalancer";
export type TargetGroupRef = "tcp" | "kops-controller" | "bastion";
/** The ref of the role that the profile passes on as well. */
export type InstanceProfileRef = "controlPlane" | "nodes" | "bastion";
