/** Policies see the children of a cluster, AWS resources and objects in the cluster alike, before any of them is made. */
import { Volume } from "@pulumi/aws/ebs/volume";
import { LaunchTemplate } from "@pulumi/aws/ec2/launchTemplate";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule";
import { PolicyPack, validateResourceOfType } from "@pulumi/policy";
import { validateNodeClass } from "./nodeClass";

new PolicyPack("clusters", {
  enforcementLevel: "mandatory",
  policies: [
    {
      name: "ssh-from-known-addresses",
      description: "No security group allows SSH from everywhere.",
      validateResource: validateResourceOfType(SecurityGroupIngressRule, (rule, _args, reportViolation) => {
        const toAll = rule.cidrIpv4 === "0.0.0.0/0" || rule.cidrIpv6 === "::/0";
        const byTcp = rule.ipProtocol === "tcp" || rule.ipProtocol === "-1";
        const onPort = (rule.fromPort ?? 0) <= 22 && (rule.toPort ?? 65535) >= 22;
        if (toAll && byTcp && onPort) reportViolation("port 22 is open to the world: set sshAccess");
      }),
    },
    {
      name: "encrypted-volumes",
      description: "The etcd volumes and the root volumes of nodes are encrypted.",
      validateResource: [
        validateResourceOfType(Volume, (volume, _args, reportViolation) => {
          if (volume.encrypted !== true) reportViolation("not encrypted: set controlPlane.etcdVolume.encrypted");
        }),
        validateNodeClass((spec, reportViolation) => {
          const root = spec.blockDeviceMappings?.find(({ rootVolume }) => rootVolume);
          if (root?.ebs.encrypted !== true) reportViolation("not encrypted: set the node group's rootVolume.encrypted");
        }),
      ],
    },
    {
      name: "instance-metadata-v2",
      description: "Instances require version 2 of the instance metadata service.",
      validateResource: [
        validateResourceOfType(LaunchTemplate, (template, _args, reportViolation) => {
          if (template.metadataOptions?.httpTokens !== "required") reportViolation("httpTokens is not required");
        }),
        validateNodeClass((spec, reportViolation) => {
          // Karpenter requires tokens by default.
          if ((spec.metadataOptions?.httpTokens ?? "required") !== "required")
            reportViolation("httpTokens is not required: set the node group's metadataOptions.httpTokens");
        }),
      ],
    },
  ],
});
