/**
 * Root volumes that are smaller than their image's snapshot: EC2 starts no instance from it, so an Auto Scaling group
 * and Karpenter would try for ever.
 */
import type { ResolvedCluster } from "../../model/cluster";
import { show } from "../report/display";
import { below } from "../report/report";
import type { Answer, FoundImage } from "./aws";
import type { LookupProblem } from "./entries";

type Images = ReadonlyMap<string, Answer<FoundImage>>;

interface TooLarge {
  readonly selector: string;
  readonly id: string;
  /** GiB. */
  readonly least: number;
}

export function checkRootVolumes(cluster: ResolvedCluster, images: Images): readonly LookupProblem[] {
  const { bastion } = cluster.network;
  const [first] = cluster.controlPlaneGroups;
  return [
    ...(first === undefined
      ? []
      : tooSmall("controlPlane", [first.image], first.rootVolume.size, first.declared.rootVolume?.size, images)),
    ...(bastion === undefined ? [] : bastionImage(bastion.image, bastion.rootVolume.size, images)),
    ...cluster.nodeGroups.flatMap(({ name, images: selectors, rootVolume, declared }) =>
      tooSmall(below("nodeGroups", name), selectors, rootVolume.size, declared.rootVolume?.size, images),
    ),
  ];
}

function tooSmall(
  path: string,
  selectors: readonly string[],
  size: number,
  declared: number | undefined,
  images: Images,
): readonly LookupProblem[] {
  const image = largest(selectors, size, images);
  if (image === undefined) {
    return [];
  }
  const given = declared === undefined ? `the default, ${String(size)}` : String(size);
  const rule = `must be at least ${String(image.least)} GiB, the size of ${show(image.selector)} (${image.id})`;
  return [{ path: `${path}.rootVolume.size`, reason: `smaller than the image, got ${given}; ${rule}` }];
}

/** The size of a bastion's root volume is no input. */
function bastionImage(selector: string, size: number, images: Images): readonly LookupProblem[] {
  const image = largest([selector], size, images);
  if (image === undefined) {
    return [];
  }
  const given = `got ${show(selector)}, ${String(image.least)} GiB (${image.id})`;
  const reason = `larger than a bastion's root volume, ${given}; must be at most ${String(size)} GiB`;
  return [{ path: "network.bastion.image", reason }];
}

/**
 * Of the images that do not fit in `size`. The root volume is mapped to the first image's root device: to an image with
 * another one, it is a further volume.
 */
function largest(selectors: readonly string[], size: number, images: Images): TooLarge | undefined {
  const found = selectors.flatMap((selector) => {
    const answer = images.get(selector);
    return typeof answer === "object" ? [{ selector, ...answer.found }] : [];
  });
  const device = found.find(({ selector }) => selector === selectors[0])?.rootDeviceName;
  const [most] = found
    .filter(({ rootDeviceName, rootSize }) => rootDeviceName === device && rootSize > size)
    .sort((some, other) => other.rootSize - some.rootSize);
  return most && { selector: most.selector, id: most.id, least: most.rootSize };
}
