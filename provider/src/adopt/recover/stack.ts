/** A stack of the component: what its state has of a cluster, and what an update of its program would create. */
import { guardToken } from "../../model/tokens";
import { regionOfZone } from "../../model/zones";
import { AdoptionFailure } from "../failure";
import type { Inputs } from "../imports/registrations";
import { runPulumi, type Place } from "../pulumi";

/** By the names of the engine (pulumi v3.259.0 sdk/go/common/apitype/core.go, pkg/display/json.go). */
export interface Resource {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly parent?: string;
  readonly provider?: string;
  readonly inputs?: Inputs;
}

export interface StackOfCluster {
  readonly recorded: readonly Resource[];
  /** The id is open, and so are inputs that come from resources which are to be created, too. */
  readonly toCreate: readonly Resource[];
  readonly region: string;
}

/** Changes nothing, neither in AWS nor in the state. */
export function stackOfCluster(place: Place, clusterName: string): StackOfCluster {
  const all = exported(place);
  const component = componentOf(all, clusterName);
  const created = previewedCreates(place);
  // A preview's list leaves out what it does not change, and with that the parents of what it creates.
  const parents = new Map([...all, ...created].map(({ urn, parent }) => [urn, parent]));
  const isOf = (urn: string | undefined): boolean => urn !== undefined && (urn === component || isOf(parents.get(urn)));
  const ofCluster = ({ urn }: Resource): boolean => isOf(urn);
  const [recorded, toCreate] = [all.filter(ofCluster), created.filter(ofCluster)];
  return { recorded, toCreate, region: regionOf([...recorded, ...toCreate]) };
}

function exported(place: Place): readonly Resource[] {
  const { printed, failure } = pulumi(place, ["stack", "export"]);
  const deployment = printed?.["deployment"] as { readonly resources?: readonly Resource[] } | undefined;
  if (deployment === undefined) throw new AdoptionFailure(`the stack's state could not be read: ${failure}`);
  return deployment.resources ?? [];
}

function previewedCreates(place: Place): readonly Resource[] {
  const { printed, failure } = pulumi(place, ["preview", "--json"]);
  const steps = printed?.["steps"] as readonly { readonly op: string; readonly newState?: Resource }[] | undefined;
  if (failure !== "" || steps === undefined) throw new AdoptionFailure(`the preview of the program failed: ${failure}`);
  return steps.flatMap(({ op, newState }) => (op === "create" && newState !== undefined ? [newState] : []));
}

interface Answer {
  readonly printed: Readonly<Record<string, unknown>> | undefined;
  /** Empty where there was none. */
  readonly failure: string;
}

function pulumi(place: Place, command: readonly string[]): Answer {
  const { hasSucceeded, stdout, stderr } = runPulumi(place, command);
  const printed = parsed(stdout);
  if (hasSucceeded) return { printed, failure: "" };
  const diagnostics = (printed?.["diagnostics"] ?? []) as readonly { severity: string; message: string }[];
  const errors = diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message.trim());
  return { printed, failure: errors.length > 0 ? errors.join("\n") : stderr.trim() };
}

function parsed(text: string): Answer["printed"] {
  try {
    return JSON.parse(text) as Answer["printed"];
  } catch {
    return undefined;
  }
}

/** It must be in the state, or nothing of it was created. */
function componentOf(all: readonly Resource[], clusterName: string): string {
  const guards = all.filter(({ type }) => type === guardToken);
  const nameOf = ({ inputs }: Resource): string => String(inputs?.["clusterName"]);
  const component = guards.find((each) => nameOf(each) === clusterName)?.parent;
  if (component !== undefined) return component;
  const others = guards.map(nameOf);
  throw new AdoptionFailure(
    `the stack's state has no cluster ${clusterName}${others.length === 0 ? "" : `, only ${others.join(", ")}`}; ` +
      "an update records the cluster before it creates anything in AWS",
  );
}

/** By etcd's volumes, or by subnets. */
function regionOf(resources: readonly Resource[]): string {
  for (const { inputs } of resources) {
    const zone = inputs?.["availabilityZone"];
    const region = typeof zone === "string" ? regionOfZone(zone) : undefined;
    if (region !== undefined) return region;
  }
  throw new AdoptionFailure("no resource of the cluster has an availability zone, which would tell the region");
}
