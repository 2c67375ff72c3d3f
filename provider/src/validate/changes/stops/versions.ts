/** Which versions a running cluster can go to. */
import { nextMinorVersion, versionStep, type VersionStep } from "../../../model/versions";
import { fromTo, type Finding, type Stop } from "../effects";
import type { Recorded } from "../recorded";

function step(path: string, old: Recorded, next: Recorded): VersionStep | undefined {
  return versionStep(old.value(path), next.value(path));
}

const kubernetes = "kubernetesVersion";

function kubernetesFinding(old: Recorded, next: Recorded, said: Pick<Finding, "why" | "instead">): readonly Finding[] {
  return [{ path: kubernetes, change: fromTo(old, next, kubernetes), ...said }];
}

/** The API server's storage formats only move up (https://kubernetes.io/releases/version-skew-policy). */
export const kubernetesMinorDown: Stop = {
  effect: "refused",
  when: "if the minor version is earlier",
  find: (old, next) =>
    (step(kubernetes, old, next)?.minors ?? 0) < 0
      ? kubernetesFinding(old, next, {
          why: "Kubernetes does not support a downgrade to an earlier minor version: etcd may hold objects that the earlier API server cannot read",
          instead: "keep the version, or restore an etcd backup from before the upgrade into a new cluster",
        })
      : [],
};

export const kubernetesMinorsSkipped: Stop = {
  effect: "refused",
  when: "if a minor version is skipped",
  find: (old, next) =>
    (step(kubernetes, old, next)?.minors ?? 0) > 1
      ? kubernetesFinding(old, next, {
          why: "an API server supports an upgrade by one minor version at a time",
          instead: `upgrade to ${nextMinorVersion(old.text(kubernetes) ?? "")} first, and finish that upgrade`,
        })
      : [],
};

export const kubernetesPatchDown: Stop = {
  effect: "needs acknowledgement",
  when: "if the patch version is earlier",
  find: (old, next) => {
    const taken = step(kubernetes, old, next);
    return taken?.minors === 0 && taken.isDown
      ? kubernetesFinding(old, next, { why: "it brings back the bugs that the later patch version fixed" })
      : [];
  },
};

export const kopsDown: Stop = {
  effect: "refused",
  when: "if the version is earlier",
  find: (old, next) =>
    step("kopsVersion", old, next)?.isDown === true
      ? [
          {
            path: "kopsVersion",
            change: fromTo(old, next, "kopsVersion"),
            // kops upup/pkg/fi/cloudup/apply_cluster.go:277
            why: "kOps refuses to update a cluster with an earlier version than the last one used",
            instead: "keep the version",
          },
        ]
      : [],
};

/** Recorded only where it is true. */
export const unwatchedPath = "readiness.skip";

function isUnwatched(side: Recorded): boolean {
  return side.value(unwatchedPath) === true;
}

/**
 * Without the API, nothing tells when the control plane has the version. `kops update cluster` asks the API as well, and leaves
 * workers at the version of the control plane (kops cmd/kops/update_cluster.go:360).
 */
export const kubernetesMinorUnwatched: Stop = {
  effect: "needs acknowledgement",
  when: "if the minor version is later and readiness.skip is true",
  find: (old, next) =>
    isUnwatched(next) && step(kubernetes, old, next)?.minors === 1
      ? kubernetesFinding(old, next, {
          why: `with ${unwatchedPath}, the update replaces no control-plane instance and waits for none, so new workers start with a kubelet that is later than the API server, which Kubernetes does not support; omit ${unwatchedPath} in an update before this one if the API can be reached, or exclude the workers from this update`,
        })
      : [],
};

/** The roll of a control plane that is new to the stack waits for the API, and replaces nothing that nobody announced. */
export const kubernetesMinorWithWatch: Stop = {
  effect: "refused",
  when: "if the minor version is later and the same update omits readiness.skip",
  find: (old, next) =>
    isUnwatched(old) && !isUnwatched(next) && step(kubernetes, old, next)?.minors === 1
      ? kubernetesFinding(old, next, {
          why: `the first update without ${unwatchedPath} replaces no control-plane instance, so new workers would start with a kubelet that is later than the API server`,
          instead: `omit ${unwatchedPath} in an update before this one`,
        })
      : [],
};

/** Recorded of a cluster that was imported and never updated. */
export const takenOverPath = "imported";

/** As without readiness.skip for the first time: the roll of the control plane is new to the stack. */
export const kubernetesMinorTakenOver: Stop = {
  effect: "refused",
  when: "if the minor version is later in the first update after an import",
  find: (old, next) =>
    old.value(takenOverPath) === true && step(kubernetes, old, next)?.minors === 1
      ? kubernetesFinding(old, next, {
          why: "the first update after an import replaces no control-plane instance, so new workers would start with a kubelet that is later than the API server",
          instead: "keep the version in that update, and upgrade in the next one",
        })
      : [],
};

/** Recorded only where the component installs it. */
export const karpenterVersionPath = "karpenter.version";

export const karpenterMinorDown: Stop = {
  effect: "needs acknowledgement",
  when: "if the minor version is earlier",
  find: (old, next) =>
    (step(karpenterVersionPath, old, next)?.minors ?? 0) < 0
      ? [
          {
            path: karpenterVersionPath,
            change: fromTo(old, next, karpenterVersionPath),
            why: "Karpenter documents no downgrade: with the earlier version's CRDs, node pools, classes and claims lose the fields that only the later version has, and their nodes may be replaced as drifted",
          },
        ]
      : [],
};
