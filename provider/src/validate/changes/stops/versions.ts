/** Which versions a running cluster can go to. */
import { fromTo, type Finding, type Stop } from "../effects";
import type { Recorded } from "../recorded";

/** Three numbers; undefined where the version is unknown or nothing of that form. */
function numbers(version: string | undefined): readonly [major: number, minor: number, patch: number] | undefined {
  const match = /^(\d+)\.(\d+)\.(\d+)/.exec(version ?? "");
  return match === null ? undefined : [Number(match[1]), Number(match[2]), Number(match[3])];
}

/** How many minor versions up, and whether the version as a whole goes down. */
function step(
  path: string,
  old: Recorded,
  next: Recorded,
): { readonly minors: number; readonly isDown: boolean } | undefined {
  const [from, to] = [numbers(old.text(path)), numbers(next.text(path))];
  if (from === undefined || to === undefined) return undefined;
  // Neither Kubernetes nor kOps has had more than one major version.
  const minors = to[1] - from[1];
  return { minors, isDown: minors < 0 || (minors === 0 && to[2] < from[2]) };
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
          instead: `upgrade to ${nextMinor(old.text(kubernetes))} first, and finish that upgrade`,
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

function nextMinor(version: string | undefined): string {
  const [major = 0, minor = 0] = numbers(version) ?? [];
  return `${String(major)}.${String(minor + 1)}`;
}
