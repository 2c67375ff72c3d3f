/** What a difference between the store and the component's files means for an adoption. */
import type { ResolvedCluster } from "../../model/cluster";
import { controlPlaneGroupName } from "../../model/names";
import { clusterVerdicts } from "../../validate/spec/clusterVerdicts";
import { controlPlaneVerdicts, nodeGroupVerdicts } from "../../validate/spec/groupVerdicts";
import { objection, verdictOf, type Verdicts } from "../../validate/spec/verdict";

/**
 * `adoption`: every adoption has it, and the first update makes it. `note`: it is lost, and nothing of the cluster depends on
 * it. `obstacle`: the cluster would change.
 */
export interface Judgement {
  readonly kind: "adoption" | "note" | "obstacle";
  readonly reason: string;
}

const adoption = (reason: string): Judgement => ({ kind: "adoption", reason });
const note = (reason: string): Judgement => ({ kind: "note", reason });
const obstacle = (reason: string): Judgement => ({ kind: "obstacle", reason });

export const karpenterFromChart = adoption("Karpenter comes from its Helm charts, and no longer from kOps's addon");
const ownScript = adoption("the bootstrap script is the component's own text, with the same effect");
const channel = note("the kOps CLI alone reads it, for its recommendations; the component has stable");
const manager = adoption("kOps takes a group without a manager for one of an Auto Scaling group");
const completedMetadata = adoption("the completed spec has the metadata of the cluster's spec");

export const channelFile = "addons/bootstrap-channel.yaml";
export const karpenterAddon = "karpenter.sh";

/** Of a field of a file that both have. */
export function judge(file: string, field: string, stored: unknown, cluster: ResolvedCluster): Judgement {
  if (file.endsWith("/nodeupscript.sh")) return ownScript;
  if (file === "config" || file.startsWith("instancegroup/")) return judgeSpec(file, field, stored, cluster);
  if (file === "cluster-completed.spec") {
    if (field.startsWith("metadata.")) return completedMetadata;
    if (field === "spec.channel") return channel;
  }
  return obstacle("the component writes it otherwise: kOps has not applied a change yet, or made the file another way");
}

function judgeSpec(file: string, field: string, stored: unknown, cluster: ResolvedCluster): Judgement {
  if (field.startsWith("metadata.")) return note("the component keeps times, labels and annotations alone");
  if (file === "config" && field === "spec.channel") return channel;
  if (file !== "config" && field === "spec.manager" && stored === "CloudGroup") return manager;
  const place = field.replace(/^spec\./, "").replaceAll(/\[\d+\]/g, "");
  return obstacle(reasonOf(place, verdictsOf(file, cluster)));
}

function verdictsOf(file: string, { controlPlaneGroups }: ResolvedCluster): Verdicts {
  if (file === "config") return clusterVerdicts;
  const isControlPlane = controlPlaneGroups.some(({ name }) => file === `instancegroup/${name}`);
  return isControlPlane ? controlPlaneVerdicts : nodeGroupVerdicts;
}

/** Fields that kOps has and the component does not are in the tables, by their nearest section. */
function reasonOf(place: string, verdicts: Verdicts): string {
  const [section = ""] = place.split(".");
  if (!Object.hasOwn(verdicts, section)) return "kOps's API has no such field";
  const verdict = verdictOf(place, verdicts);
  if (verdict.kind === "own") return `${verdict.input} cannot say it`;
  return objection(verdict) ?? "the component writes it otherwise";
}

/** Of a file that the store lacks. */
export function addedFile(file: string): Judgement | undefined {
  // `kops create -f` leaves no list of the user's own addons, `kops create cluster` an empty one.
  if (file === "clusteraddons/default") return undefined;
  if (file.endsWith("/nodeupscript.sh")) return ownScript;
  if (file.startsWith("secrets/")) return adoption("the store has no such token; the component creates it");
  return obstacle("the store has no such file; kOps writes it when the cluster is updated");
}

/** Of a file that the component does not write. It stays in the store. */
export function leftFile(file: string, cluster: ResolvedCluster): Judgement | undefined {
  if (file.startsWith("backups/")) return undefined;
  if (file.startsWith("addons/karpenter.sh/")) return karpenterFromChart;
  if (file.endsWith("/nodeupscript.sh")) return ownScript;
  if (file.startsWith("pki/issued/")) return note("kOps no longer reads it; it stays in the store");
  if (file.startsWith("clusteraddons/")) {
    return obstacle("objects of the user's own are not rendered; install them on the cluster yourself");
  }
  if (file.startsWith("secrets/")) return obstacle("the component has no such secret, which nodes or addons read");
  if (file.startsWith("pki/private/")) return obstacle("the component has no such keyset");
  if (file.startsWith("pki/ssh/")) return obstacle("the component has one SSH key");
  if (file.startsWith("instancegroup/")) return obstacle(groupReason(cluster));
  return obstacle("the component writes no such file");
}

function groupReason({ controlPlaneGroups }: ResolvedCluster): string {
  const names = controlPlaneGroups.map(({ zone }) => controlPlaneGroupName(zone)).join(", ");
  return `the component has no group of that name and role; those of its control plane are ${names}, one per zone`;
}
