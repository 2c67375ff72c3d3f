import type { KubernetesApi, KubernetesObject } from "../kubernetes/kubernetesApi";
import { RequestFailed } from "../kubernetes/kubernetesApi";
import { reasonOf } from "../operation/operation";
import type { Run } from "../operation/run";

const poolsPath = "/apis/karpenter.sh/v1/nodepools";
export const claimsPath = "/apis/karpenter.sh/v1/nodeclaims";
export const controllerPath = "/apis/apps/v1/namespaces/kube-system/deployments/karpenter";

export interface Patience {
  /** Of a controller that runs and does nothing. */
  readonly stallSeconds: number;
  /** Of an API that answers nothing, or refuses everything. */
  readonly outageSeconds: number;
}

/** Why the wait for Karpenter is over: it has terminated its instances, or it is not going to. */
export type Outcome = { readonly settled: true } | { readonly settled: false; readonly reason: string };

/** Follows Karpenter as it drains and terminates its instances, through failures of the API that pass. */
export class KarpenterDrain {
  outcome: Outcome | undefined;
  /** Whether the API answered anything at the last look. */
  apiAnswers = true;
  private readonly away = new Held();
  private readonly refused = new Held();
  private readonly still = new Held();
  private last = "";

  constructor(
    private readonly api: KubernetesApi,
    private readonly patience: Patience,
    private readonly run: Run,
  ) {}

  /** Undefined when there is an outcome, else what is left to wait for. */
  async look(): Promise<string | undefined> {
    const answers = await Promise.allSettled([
      this.api.list(claimsPath),
      this.api.get<KubernetesObject>(controllerPath),
      this.api.ready(),
      this.endPools(),
    ]);
    const [claims, controller, , pools] = answers;
    const failures = answers.flatMap((answer) => (answer.status === "rejected" ? [reasonOf(answer.reason)] : []));
    // A refusal is an answer.
    this.apiAnswers = failures.length < answers.length || refusal(claims) !== undefined;
    if (this.away.seconds(!this.apiAnswers) > this.patience.outageSeconds) {
      return this.end(`${this.unanswered()} (${failures.join("; ")})`);
    }
    this.failIfRefused(claims);
    const isEmpty = claims.status === "fulfilled" && claims.value.length === 0;
    // A pool that was there until now may have launched an instance since the claims were listed.
    if (isEmpty && pools.status === "fulfilled" && pools.value === 0) {
      this.outcome = { settled: true };
      return undefined;
    }
    if (claims.status === "fulfilled" && controller.status === "fulfilled" && !runs(controller.value)) {
      return this.end("the Karpenter controller is stopped or gone");
    }
    if (claims.status === "fulfilled" && pools.status === "fulfilled") {
      // What could not be deleted is there at the next look.
      await Promise.allSettled(claims.value.map((claim) => this.endClaim(claim)));
    }
    const seen = claims.status === "fulfilled" ? `${String(claims.value.length)} NodeClaims left` : failures.join("; ");
    // While the API is away, Karpenter can do nothing, and nobody could see it. One look that fails is no progress.
    const isUnseen = claims.status === "rejected";
    const isStill = this.apiAnswers && (isUnseen || seen === this.last);
    if (!isUnseen) this.last = seen;
    return this.still.seconds(isStill) > this.patience.stallSeconds
      ? this.end(`no progress for ${String(this.patience.stallSeconds)} s, ${seen}`)
      : seen;
  }

  /**
   * A destroy of the whole cluster leaves the pools to this. Also of one that is only here because its API was away: pools
   * that are back with it would launch the machines again. Resolves to the number of pools that it deleted.
   */
  private async endPools(): Promise<number> {
    const pools = await this.api.list(poolsPath);
    const alive = pools.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
    for (const { metadata } of alive) {
      await this.run.stillWanted(`deleting the NodePool ${metadata.name}`);
      await this.api.delete(`${poolsPath}/${metadata.name}`);
      this.run.report(`deleted the NodePool ${metadata.name}`);
    }
    return alive.length;
  }

  /**
   * Without their pools, the claims are to go. Kubernetes' garbage collector would delete them, but it learns of new kinds
   * only every 30 s, and of none while any API service of the cluster does not answer.
   */
  private async endClaim({ metadata: { name, deletionTimestamp } }: KubernetesObject): Promise<void> {
    if (deletionTimestamp !== undefined) return;
    await this.run.stillWanted(`deleting the NodeClaim ${name}`);
    await this.api.delete(`${claimsPath}/${name}`);
  }

  private end(reason: string): string | undefined {
    this.outcome = { settled: false, reason };
    return undefined;
  }

  private unanswered(): string {
    return `the Kubernetes API at ${this.api.server} has not answered for ${String(this.patience.outageSeconds)} s`;
  }

  /** The cluster lives, but nothing of it can be seen: to terminate its instances undrained is not for a guess. */
  private failIfRefused(answer: PromiseSettledResult<unknown>): void {
    const error = refusal(answer);
    // An API server that has just started refuses everybody for a moment.
    if (this.refused.seconds(error !== undefined) > this.patience.outageSeconds) {
      throw new Error(
        `the Kubernetes API at ${this.api.server} refuses the cluster's administrator certificate ` +
          `(${reasonOf(error)}). Run 'pulumi up', which renews a certificate that has expired, then destroy again`,
      );
    }
  }
}

function refusal(answer: PromiseSettledResult<unknown>): RequestFailed | undefined {
  const error: unknown = answer.status === "rejected" ? answer.reason : undefined;
  return error instanceof RequestFailed && error.isRefusal ? error : undefined;
}

export function runs(controller: KubernetesObject | undefined): boolean {
  return controller !== undefined && controller.spec?.replicas !== 0;
}

/** For how long something has held without interruption. */
class Held {
  private since: number | undefined;

  seconds(holds: boolean): number {
    this.since = holds ? (this.since ?? Date.now()) : undefined;
    return this.since === undefined ? 0 : (Date.now() - this.since) / 1000;
  }
}
