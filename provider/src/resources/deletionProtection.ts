import * as pulumi from "@pulumi/pulumi";
import type { DiffResult } from "@pulumi/pulumi/provider";
import { deletionProtectionToken } from "../model/tokens";
import { accepted, type Operation } from "./operation/operation";

/**
 * The last resource of a cluster to be created, since it depends on every other, and so the first that the engine deletes.
 * The engine refuses a protected resource only when its turn comes, and leaves what that one depends on: with this one
 * protected, everything.
 */
export const deletionProtection: Operation = {
  check: accepted,
  diff: (olds, news): DiffResult => ({ changes: olds["enabled"] !== news["enabled"] }),
  create: (inputs) => Promise.resolve({ id: "deletion-protection", outs: inputs }),
  update: (_olds, news) => Promise.resolve({ outs: news }),
  delete: () => Promise.resolve(),
};

export interface DeletionProtectionArgs {
  readonly enabled: boolean;
}

export class DeletionProtection extends pulumi.CustomResource {
  constructor(name: string, args: DeletionProtectionArgs, options: pulumi.CustomResourceOptions) {
    super(deletionProtectionToken, name, { ...args }, options);
  }
}
