/**
 * The file for `pulumi import --file` that puts a running cluster under the component.
 *
 * Names, types and parents come from running the component itself, without an engine, on the inputs that the program will
 * have. A preview that writes such a file (`pulumi preview --import-file`) would say the same of them, but not what the
 * resources are in AWS; and it needs a project, a stack and the installed plugin before there is anything to preview. Here,
 * each registration arrives with its inputs, in which the ids of what it refers to are those of AWS: its finder looks for
 * exactly that resource, and the id that it finds stands in the inputs of the next.
 */
import type { KopsKarpenterClusterArgs } from "../../schema/inputs.gen";
import { KopsKarpenterCluster } from "../../components/cluster";
import { interruptionPolicyName } from "../../model/names";
import { guardToken } from "../../model/tokens";
import { guardImportId } from "../../resources/importedGuard";
import { reasonOf } from "../../resources/operation/operation";
import type { AwsClients } from "./clients";
import { discoveryProblems } from "./discovery";
import { finders } from "./find";
import { text, type Found } from "./find/found";
import { registrations, type Cloud, type Inputs, type Registration } from "./registrations";

export { awsClients, type AwsClients } from "./clients";

/** An entry of the file, by the names that the engine reads (pulumi v3.259.0 pkg/cmd/pulumi/operations/import.go:206). */
export interface ImportedResource {
  readonly type: string;
  readonly name: string;
  readonly id?: string;
  readonly parent?: string;
  readonly version?: string;
  readonly pluginDownloadUrl?: string;
  readonly component?: true;
  readonly inputs?: Inputs;
  readonly outputs?: Inputs;
}

/** A resource of the program that the file does not have. */
export interface LeftOut {
  readonly type: string;
  readonly name: string;
  readonly reason: string;
}

export interface ImportFile {
  readonly file: { readonly resources: readonly ImportedResource[] };
  /** What kOps does not have: the first update creates it. */
  readonly created: readonly LeftOut[];
  /** What kOps has, but was not found, or is not the only one: the first update would create another. */
  readonly missing: readonly LeftOut[];
  /** What the first update would break in the running cluster. */
  readonly problems: readonly string[];
}

/** `name`: of the component in the program. `inputs`: as the program gives them, with secrets in plain text. */
export async function importFile(name: string, inputs: KopsKarpenterClusterArgs, aws: AwsClients): Promise<ImportFile> {
  const { clusterName, stateStore, discoveryStore } = inputs;
  if (stateStore === undefined || discoveryStore === undefined) {
    throw new Error("bug: the inputs of a cluster that kOps made name both of its stores");
  }
  const results = new Map<string, Found>();
  const cloud = cloudOf(name, { clusterName, aws }, results);
  const program = (): void => {
    const preflight = { ...inputs.preflight, skip: true };
    const args = { ...inputs, preflight } as unknown as KopsKarpenterClusterArgs;
    new KopsKarpenterCluster(name, args, {}, { problems: [], changedKeys: [] });
  };
  const registered = inOrder(await registrations(program, cloud));
  const names = new Map(registered.map((each) => [each.urn, each.name]));
  const leftOut = registered.flatMap((each): readonly (LeftOut & { readonly isKops: boolean })[] => {
    const found = results.get(keyOf(each));
    return each.isComponent || found === undefined || "id" in found
      ? []
      : [{ type: each.type, name: each.name, reason: found.reason, isKops: !("isOurs" in found) }];
  });
  const pick = (isKops: boolean) =>
    leftOut
      .filter((each) => each.isKops === isKops)
      .map(({ type, name: logical, reason }) => ({ type, name: logical, reason }));
  return {
    file: { resources: registered.flatMap((each) => imported(each, results.get(keyOf(each)), names)) },
    created: pick(false),
    missing: pick(true),
    problems: await discoveryProblems(aws, discoveryStore as string),
  };
}

function cloudOf(component: string, place: Parameters<typeof finders>[0], results: Map<string, Found>): Cloud {
  const byType = finders(place);
  const { aws, clusterName } = place;

  /** What tells Karpenter of interruptions: an update may have made it before. */
  const isInterruption = (type: string, name: string, inputs: Inputs): boolean =>
    /^aws:(sqs|cloudwatch)\//.test(type)
      ? name.startsWith(`${component}-interruption-`)
      : text(inputs, "name") === interruptionPolicyName(clusterName);

  async function found(type: string, name: string, inputs: Inputs, secret: readonly string[]): Promise<Found> {
    // Marks the cluster as one that was taken over, and says what it is like; nothing of it is in AWS.
    if (type === guardToken) return { id: clusterName, importId: guardImportId(inputs, secret) };
    const finder = byType[type];
    if (!type.startsWith("aws:")) return ours;
    if (finder === undefined) return { reason: "is of a type that is not looked for" };
    try {
      const result = await finder(inputs);
      return !("id" in result) && isInterruption(type, name, inputs) ? ours : result;
    } catch (error) {
      return { reason: `could not be looked up: ${reasonOf(error)}` };
    }
  }

  return {
    resource: async (type, name, inputs, secret) => {
      const result = await found(type, name, inputs, secret);
      results.set(keyOf({ type, name }), result);
      return "id" in result ? result : {};
    },
    call: async (token, args) => {
      switch (token) {
        case "aws:index/getCallerIdentity:getCallerIdentity":
          return { accountId: (await aws.sts.getCallerIdentity({})).Account };
        case "aws:route53/getZone:getZone":
          return { zoneId: await hostedZone(aws, args) };
        default:
          // No id depends on it, and so it may be unknown, as in a preview that does without AWS.
          throw new Error(`${token} is not asked for here`);
      }
    },
  };
}

/** Keys and certificates are files to kOps, and it handles no interruptions where Karpenter does. */
const ours = { reason: "kOps does not have it", isOurs: true };

async function hostedZone({ route53 }: AwsClients, args: Inputs): Promise<string> {
  const id = text(args, "zoneId");
  if (id !== undefined) return id;
  const name = text(args, "name") ?? "";
  const { HostedZones = [] } = await route53.listHostedZonesByName({ DNSName: name });
  const isPrivate = args["privateZone"] === true;
  const found = HostedZones.filter((zone) => zone.Name === `${name}.` && zone.Config?.PrivateZone === isPrivate);
  const [first] = found;
  if (first === undefined || found.length > 1) {
    throw new Error(`${String(found.length)} hosted zones have the name ${name}; set dns.zone to the id of one`);
  }
  return (first.Id ?? "").replace(/^\/hostedzone\//, "");
}

function imported(
  { type, name, parentUrn, isComponent, version, pluginDownloadUrl }: Registration,
  found: Found | undefined,
  names: ReadonlyMap<string, string>,
): readonly ImportedResource[] {
  const parent = names.get(parentUrn);
  const common = { type, name, ...(parent === undefined ? {} : { parent }) };
  if (isComponent) return [{ ...common, component: true }];
  if (found === undefined || !("id" in found)) return [];
  return [
    {
      ...common,
      id: found.importId ?? found.id,
      ...(version === "" ? {} : { version }),
      ...(pluginDownloadUrl === "" ? {} : { pluginDownloadUrl }),
      ...found.state,
    },
  ];
}

/** Parents first, and the same from run to run. */
function inOrder(registered: readonly Registration[]): readonly Registration[] {
  const depth = ({ urn }: Registration): number => urn.split("$").length;
  return [...registered].sort((left, right) => depth(left) - depth(right) || (left.urn < right.urn ? -1 : 1));
}

function keyOf({ type, name }: { readonly type: string; readonly name: string }): string {
  return `${type} ${name}`;
}
