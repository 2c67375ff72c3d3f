import * as pulumi from "@pulumi/pulumi";
import { machinesToken, readinessToken } from "./tokens";

export interface ReadinessArgs {
  readonly clusterName: string;
  readonly kubernetesVersion: string;
  readonly kubeconfig: pulumi.Input<string>;
  readonly timeoutSeconds: number;
}

/**
 * Waits, when made, until the Kubernetes API is ready, and when the version changes, until the control plane runs it. Served by this package's plugin: see operations/readiness.ts.
 */
export class ApiReadiness extends pulumi.CustomResource {
  constructor(name: string, args: ReadinessArgs, options: pulumi.CustomResourceOptions) {
    super(readinessToken, name, { ...args, kubeconfig: pulumi.secret(args.kubeconfig) }, options);
  }
}

export interface MachinesArgs {
  readonly clusterName: string;
  readonly region: string;
  readonly kubeconfig: pulumi.Input<string>;
  /** Longest wait for Karpenter to end its machines, in seconds. */
  readonly timeoutSeconds: number;
}

/** Ends, when deleted, the machines that Karpenter made. Served by this package's plugin: see operations/machines.ts. */
export class Machines extends pulumi.CustomResource {
  constructor(name: string, args: MachinesArgs, options: pulumi.CustomResourceOptions) {
    super(machinesToken, name, { ...args, kubeconfig: pulumi.secret(args.kubeconfig) }, options);
  }
}
