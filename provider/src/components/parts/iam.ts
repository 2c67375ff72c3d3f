import * as pulumi from "@pulumi/pulumi";
import { InstanceProfile } from "@pulumi/aws/iam/instanceProfile";
import { OpenIdConnectProvider } from "@pulumi/aws/iam/openIdConnectProvider";
import { Role } from "@pulumi/aws/iam/role";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy";
import { RolePolicyAttachment } from "@pulumi/aws/iam/rolePolicyAttachment";
import { iamRows } from "../../plan/iam";
import type { IamRows, InstanceProfileRow, RoleRow } from "../../plan/rows";
import type { SettledCluster } from "../../model/cluster";
import type { IamFacts, PolicyDocument } from "../../model/policyDocument";
import { requireRef } from "../builders/lookup";
import { Part, type ClusterContext } from "./part";

export interface IamArgs {
  readonly settled: pulumi.Output<SettledCluster>;
  readonly facts: { readonly [Name in keyof IamFacts]: pulumi.Output<IamFacts[Name]> };
}

/** Roles, their policies, instance profiles and the identity provider of the cluster's service accounts. */
export class Iam extends Part {
  readonly oidcProviderArn: pulumi.Output<string>;
  /** The roles' permissions; what uses a role waits for them. */
  readonly policies: readonly pulumi.Resource[];
  readonly serviceAccountRoleArns: Readonly<Record<string, pulumi.Output<string>>>;
  private readonly roles: Readonly<Record<string, Role>>;
  private readonly profiles: Readonly<Record<string, InstanceProfile>>;

  constructor(
    context: ClusterContext,
    private readonly args: IamArgs,
  ) {
    super("iam", context);
    const rows = iamRows(context.cluster);
    this.oidcProviderArn = this.oidcProvider(rows).arn;
    this.roles = Object.fromEntries(rows.roles.map((row) => [row.ref, this.role(row)]));
    this.policies = this.permissions(rows);
    this.profiles = Object.fromEntries(rows.instanceProfiles.map((row) => [row.ref, this.profile(row)]));
    const users = rows.roles.filter((row) => row.isUsers);
    this.serviceAccountRoleArns = Object.fromEntries(users.map((row) => [row.ref, this.roleArn(row.ref)]));
    this.registerOutputs({});
  }

  roleArn(ref: string): pulumi.Output<string> {
    return requireRef(this.roles, ref).arn;
  }

  profileName(ref: InstanceProfileRow["ref"]): pulumi.Output<string> {
    return requireRef(this.profiles, ref).name;
  }

  private oidcProvider(rows: IamRows): OpenIdConnectProvider {
    const row = rows.oidcProvider;
    return new OpenIdConnectProvider(
      this.childName(row.key),
      {
        url: this.args.facts.issuer,
        clientIdLists: [...row.clientIds],
        thumbprintLists: [...row.thumbprints],
        tags: row.tags,
      },
      this.child,
    );
  }

  private role(row: RoleRow): Role {
    return new Role(
      this.childName(row.key),
      { name: row.name, assumeRolePolicy: this.document(row.assumeRolePolicy), tags: row.tags },
      this.child,
    );
  }

  private permissions(rows: IamRows): pulumi.Resource[] {
    const inline = rows.inlinePolicies.map(
      (row) =>
        new RolePolicy(
          this.childName(row.key),
          { name: row.name, role: requireRef(this.roles, row.role).name, policy: this.document(row.document) },
          this.child,
        ),
    );
    const attached = rows.policyAttachments.map(
      (row) =>
        new RolePolicyAttachment(
          this.childName(row.key),
          { role: requireRef(this.roles, row.role).name, policyArn: row.policyArn },
          this.child,
        ),
    );
    return [...inline, ...attached];
  }

  private profile(row: InstanceProfileRow): InstanceProfile {
    return new InstanceProfile(
      this.childName(row.key),
      { name: row.name, role: requireRef(this.roles, row.ref).name, tags: row.tags },
      this.child,
    );
  }

  private document(document: PolicyDocument): pulumi.Output<string> {
    const needed: pulumi.Inputs = Object.fromEntries(document.needs.map((need) => [need, this.args.facts[need]]));
    return pulumi
      .all([this.args.settled, pulumi.output(needed)])
      .apply(([cluster, facts]) => document.render(cluster, facts as Partial<IamFacts>));
  }
}
