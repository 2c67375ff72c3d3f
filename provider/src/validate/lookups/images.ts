/** Images: whether they exist, have a root device on EBS that fits in the root volume, and run on the instance types. */
import {
  karpenterGroups,
  type ResolvedCluster,
  type ResolvedKarpenterGroup,
  type ResolvedNodeGroup,
} from "../../model/cluster";
import { imageQuery } from "../../model/images";
import type { Architecture } from "../../model/instanceTypes";
import { show, showList } from "../report/display";
import { at, below } from "../report/report";
import type { Answer, AwsQueries, FoundImage } from "./aws";
import { byValue, type LookupProblem } from "./entries";
import type { TypeFacts } from "./instanceTypes";
import { checkRootVolumes } from "./rootVolumes";

/** A use of an image; `types` are the instance types that it must start on, none where others start on them. */
interface Use {
  readonly selector: string;
  readonly path: string;
  readonly types: readonly string[];
}

type Images = ReadonlyMap<string, Answer<FoundImage>>;

export async function checkImages(
  cluster: ResolvedCluster,
  aws: AwsQueries,
  facts: Promise<TypeFacts>,
): Promise<readonly LookupProblem[]> {
  const uses = usesOf(cluster);
  const asked = [...byValue(uses.map(({ selector, path }) => ({ value: selector, path })))].map(
    async ([selector, paths]) => [selector, await askImage(aws, selector, paths[0] ?? "")] as const,
  );
  const images: Images = new Map(await Promise.all(asked));
  const types = await facts;
  const wrong = uses.flatMap((use) => {
    const reason = wrongImage(use, images.get(use.selector) ?? "unanswered", types, cluster.region);
    return reason === undefined ? [] : [{ path: use.path, reason }];
  });
  return [
    ...wrong,
    ...karpenterGroups(cluster).flatMap((group) => poolsWithoutImage(group, images)),
    ...checkRootVolumes(cluster, images),
  ];
}

async function askImage(aws: AwsQueries, selector: string, input: string): Promise<Answer<FoundImage>> {
  const query = imageQuery(selector);
  if (!("parameter" in query)) {
    return aws.image(query, input);
  }
  const id = await aws.parameter(query.parameter, input);
  return typeof id === "object" ? aws.image({ id: id.found }, input) : id;
}

function wrongImage(use: Use, answer: Answer<FoundImage>, types: TypeFacts, region: string): string | undefined {
  const given = `got ${show(use.selector)}`;
  if (answer === "none") {
    return `no such image in ${region}, ${given}; must be one that the account can use there`;
  }
  if (answer === "several") {
    return `several images, ${given}; must stand for one`;
  }
  if (answer === "unanswered") {
    return undefined;
  }
  const { id, state, rootDeviceType, architecture } = answer.found;
  if (state !== "" && state !== "available") {
    return `image in state ${show(state)}, ${given}; ${id} must be available`;
  }
  if (rootDeviceType !== "" && rootDeviceType !== "ebs") {
    return `image with a root device of type ${show(rootDeviceType)}, ${given}; ${id} must have one of type "ebs"`;
  }
  return misfit(use, architecture, types);
}

function misfit(use: Use, architecture: string, types: TypeFacts): string | undefined {
  const ofImage = architectureNamed(architecture);
  const fitting = architecturesOf(use.types, types);
  if (architecture === "" || fitting === undefined || (ofImage !== undefined && fitting.includes(ofImage))) {
    return undefined;
  }
  const rule = `must be for ${fitting.join(" or ")}, as ${showList(use.types)}`;
  return `image for ${ofImage ?? architecture}, got ${show(use.selector)}; ${rule}`;
}

/** Undefined where there is none or one of them is not known: nothing is refused on a guess. */
function architecturesOf(instanceTypes: readonly string[], types: TypeFacts): readonly Architecture[] | undefined {
  if (instanceTypes.length === 0) {
    return undefined;
  }
  const found = instanceTypes.map((each) => types.architecturesOf(each));
  return found.includes(undefined) ? undefined : [...new Set(found.flatMap((each) => each ?? []))].sort();
}

/** Architectures that a pool asks for, and none of the group's images has. */
function poolsWithoutImage(group: ResolvedKarpenterGroup, images: Images): readonly LookupProblem[] {
  const answers = group.images.map((selector) => images.get(selector) ?? "unanswered");
  const found = answers.flatMap((answer) => (typeof answer === "object" ? [answer.found.architecture] : []));
  if (found.length < answers.length || found.includes("")) {
    return [];
  }
  const ofImages = found.map(architectureNamed);
  return group.nodePools.flatMap((pool) =>
    (pool.declared.architectures ?? []).flatMap((architecture, index) =>
      ofImages.includes(architecture)
        ? []
        : [
            {
              path: at(`${below(`${below("nodeGroups", group.name)}.nodePools`, pool.name)}.architectures`, index),
              reason: `no image of the group for it, got ${show(architecture)}; must be an architecture of ${showList(group.images)}`,
            },
          ],
    ),
  );
}

/** EC2's name of an architecture as Kubernetes names it. */
function architectureNamed(architecture: string): Architecture | undefined {
  switch (architecture) {
    case "x86_64":
      return "amd64";
    case "arm64":
      return "arm64";
    default:
      return undefined;
  }
}

function usesOf(cluster: ResolvedCluster): readonly Use[] {
  const { bastion } = cluster.network;
  const [first] = cluster.controlPlaneGroups;
  return [
    ...(first === undefined ? [] : [use(first.image, "controlPlane.image", [first.instanceType])]),
    ...(bastion === undefined ? [] : [use(bastion.image, "network.bastion.image", [bastion.instanceType])]),
    ...cluster.nodeGroups.flatMap(usesOfGroup),
  ];
}

/** kOps holds the group's types against its first image (kops pkg/apis/kops/validation/aws.go:187). */
function usesOfGroup(group: ResolvedNodeGroup): readonly Use[] {
  const path = `${below("nodeGroups", group.name)}.images`;
  return group.images.map((selector, index) => use(selector, at(path, index), index === 0 ? group.instanceTypes : []));
}

function use(selector: string, path: string, types: readonly string[]): Use {
  return { selector, path, types };
}
