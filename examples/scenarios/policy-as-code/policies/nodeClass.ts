import type { ResourceValidation } from "@pulumi/policy";

/** What this pack reads of an EC2NodeClass, by which Karpenter makes machines. */
interface NodeClass {
  readonly blockDeviceMappings?: readonly {
    readonly rootVolume?: boolean;
    readonly ebs: { readonly encrypted?: boolean };
  }[];
  readonly metadataOptions?: { readonly httpTokens: string };
}

/** A policy of EC2NodeClass objects; custom kinds have no class that validateResourceOfType could take. */
export const validateNodeClass =
  (validate: (spec: NodeClass, reportViolation: (message: string) => void) => void): ResourceValidation =>
  ({ type, props }, reportViolation) => {
    if (type === "kubernetes:karpenter.k8s.aws/v1:EC2NodeClass") validate(props["spec"] as NodeClass, reportViolation);
  };
