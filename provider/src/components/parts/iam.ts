import type * as pulumi from "@pulumi/pulumi";
import { InstanceProfile } from "@pulumi/aws/iam/instanceProfile";
import { OpenIdConnectProvider } from "@pulumi/aws/iam/openIdConnectProvider";
import { Role } from "@pulumi/aws/iam/role";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy";
import { RolePolicyAttachment } from "@pulumi/aws/iam/rolePolicyAttachment";
import { iamRows, type IamRows, type RoleRow } from "../../plan/iam";
import type { InstanceProfileRef } from "../../plan/rows";
import type { IamFacts, PolicyDocument } from "../../model/policyDocument";
import { byRef, requireRef } from "../builders/references";
import { chosen, type Pending } from "../renderer";
import { ClusterChild, type ClusterContext } from "./clusterChild";

/** Roles, their policies, instance profiles and the identity provider of the cluster's service accounts. */
export class Iam extends ClusterChild {
  readonly oidcProviderArn: pulumi.Output<string>;
  /** The roles' permissions; what uses a role waits for them. */
  readonly policies: readonly pulumi.Resource[];
  readonly serviceAccountRoleArns: Readonly<Record<string, pulumi.Output<string>>>;
  private readonly roles: Readonly<Record<string, Role>>;
  private readonly profiles: Readonly<Record<string, InstanceProfile>>;

  constructor(
    private readonly context: ClusterContext,
    private readonly facts: Pending<IamFacts>,
  ) {
    super("iam", context);
    const rows = iamRows(context.cluster);
    this.oidcProviderArn = this.oidcProvider(rows).arn;
    this.roles = byRef(rows.roles, (row) => this.role(row));
    this.policies = this.permissions(rows);
    this.profiles = byRef(
      rows.instanceProfiles,
      ({ key, ref, args }) =>
        new InstanceProfile(this.childName(key), { ...args, role: this.roleName(ref) }, this.child),
    );
    const users = rows.roles.filter((row) => row.isUsers);
    this.serviceAccountRoleArns = byRef(users, ({ ref }) => this.roleArn(ref));
    this.registerOutputs({});
  }

  roleArn(ref: string): pulumi.Output<string> {
    return requireRef(this.roles, ref).arn;
  }

  profileName(ref: InstanceProfileRef): pulumi.Output<string> {
    return requireRef(this.profiles, ref).name;
  }

  private oidcProvider(rows: IamRows): OpenIdConnectProvider {
    const { key, args } = rows.oidcProvider;
    return new OpenIdConnectProvider(this.childName(key), { ...args, url: this.facts.issuer }, this.child);
  }

  private role({ key, args, assumeRolePolicy }: RoleRow): Role {
    return new Role(this.childName(key), { ...args, assumeRolePolicy: this.document(assumeRolePolicy) }, this.child);
  }

  private permissions(rows: IamRows): pulumi.Resource[] {
    const inline = rows.inlinePolicies.map(({ key, args, ...row }) => {
      const policy = this.document(row.document);
      return new RolePolicy(this.childName(key), { ...args, role: this.roleName(row.role), policy }, this.child);
    });
    const attached = rows.policyAttachments.map(
      ({ key, args, role }) =>
        new RolePolicyAttachment(this.childName(key), { ...args, role: this.roleName(role) }, this.child),
    );
    return [...inline, ...attached];
  }

  private roleName(ref: string): pulumi.Output<string> {
    return requireRef(this.roles, ref).name;
  }

  private document(document: PolicyDocument): pulumi.Output<string> {
    return this.context.pending.with(chosen(this.facts, document.needs), (cluster, facts) =>
      document.render(cluster, facts),
    );
  }
}
