import { isDeepStrictEqual } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import type { DiffResult } from "@pulumi/pulumi/provider";
import { deletionProtectionToken } from "../model/tokens";
import { requireAccount } from "./aws/account";
import type { AwsSettings } from "./aws/awsSettings";
import { accepted, type Operation } from "./operation/operation";

/**
 * The last resource of a cluster to be created, since it depends on every other, and so the first that the engine deletes.
 * The engine refuses a protected resource only when its turn comes, and leaves what that one depends on: with this one
 * protected, everything. It also ends a destroy with the credentials of another account, in which nothing is there to delete.
 */
export const deletionProtection: Operation = {
  check: accepted,
  diff: (olds, news): DiffResult => ({ changes: !isDeepStrictEqual(olds, news) }),
  create: (inputs) => Promise.resolve({ id: "deletion-protection", outs: inputs }),
  update: (_olds, news) => Promise.resolve({ outs: news }),
  delete: (properties, run) =>
    requireAccount(properties, run, "the destroy would take it for deleted, and leave it there"),
};

export interface DeletionProtectionArgs {
  readonly enabled: boolean;
  readonly region: string;
  /** That the cluster is in. */
  readonly account: pulumi.Input<string | undefined>;
  /** Of the stack's AWS provider. */
  readonly aws: pulumi.Input<AwsSettings | undefined>;
}

export class DeletionProtection extends pulumi.CustomResource {
  constructor(name: string, args: DeletionProtectionArgs, options: pulumi.CustomResourceOptions) {
    super(deletionProtectionToken, name, { ...args }, options);
  }
}
