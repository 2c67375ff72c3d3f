import type * as pulumi from "@pulumi/pulumi";
import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup";
import { SecurityGroupEgressRule } from "@pulumi/aws/vpc/securityGroupEgressRule";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule";
import { firewallRows } from "../../plan/firewall";
import type { SecurityGroupRuleRow } from "../../plan/firewallRules";
import type { SecurityGroupRef } from "../../plan/rows";
import { byRef, requireRef } from "../builders/references";
import type { Network } from "./network";
import { ClusterChild, type ClusterContext } from "./clusterChild";

/** The security groups and their rules. */
export class Firewall extends ClusterChild {
  readonly rules: readonly pulumi.Resource[];
  private readonly groups: Readonly<Record<string, SecurityGroup>>;

  constructor(context: ClusterContext, { vpcId }: Network) {
    super("firewall", context);
    const rows = firewallRows(context.cluster);
    this.groups = byRef(
      rows.securityGroups,
      ({ key, args }) => new SecurityGroup(this.childName(key), { ...args, vpcId }, this.child),
    );
    this.rules = [
      ...rows.ingressRules.map(
        (row) => new SecurityGroupIngressRule(this.childName(row.key), this.rule(row), this.child),
      ),
      ...rows.egressRules.map(
        (row) => new SecurityGroupEgressRule(this.childName(row.key), this.rule(row), this.child),
      ),
    ];
    this.registerOutputs({});
  }

  id(ref: SecurityGroupRef): pulumi.Output<string> {
    return requireRef(this.groups, ref).id;
  }

  private rule({ args, securityGroup, peer }: SecurityGroupRuleRow) {
    return {
      ...args,
      securityGroupId: this.id(securityGroup),
      referencedSecurityGroupId: peer === undefined ? undefined : this.id(peer),
    };
  }
}
