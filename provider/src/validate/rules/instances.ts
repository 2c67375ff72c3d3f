/** What instances are created from: instance types, images, additional user data and security groups. */
import { userDataProblem } from "../../model/userDataLimit";
import {
  architectureOfImage,
  architectureOfType,
  instanceTypePattern,
  isGpuType,
  knownArchitectures,
} from "../../model/instanceTypes";
import type { Input } from "../../schema/input";
import type { UserData } from "../../schema/types.gen";
import { show, showSome } from "../report/display";
import type { Checks } from "../kit/checks";
import { pattern, securityGroupId, type Format } from "../kit/formats";

/** Karpenter v1.14.1 pkg/apis/crds/karpenter.k8s.aws_ec2nodeclasses.yaml: the most terms of a selector */
const mostSelectorTerms = 30;
/** Security groups on an interface at most, with the quota raised; one is kOps's. */
const mostSecurityGroups = 15;

/** kops pkg/apis/kops/validation/instancegroup.go:413 */
const userDataTypes = [
  "text/x-include-once-url",
  "text/x-include-url",
  "text/cloud-config-archive",
  "text/upstart-job",
  "text/cloud-config",
  "text/part-handler",
  "text/x-shellscript",
  "text/cloud-boothook",
];
/** kops pkg/model/resources/nodeup.go:304: the part with the bootstrap script */
const bootstrapPart = "nodeup.sh";

const instanceTypeFormat = pattern("instance type", instanceTypePattern, "a family and a size, as in m7g.large");
const imageFormat: Format = { name: "image", test: isImage, rule: "ami-…, ssm:<parameter>, <name> or <owner>/<name>" };
const partName: Format = {
  name: "part name",
  test: (text) => /^[A-Za-z0-9._-]{1,255}$/.test(text) && text !== bootstrapPart,
  rule: `letters, digits, ., _ and -, and not ${bootstrapPart}`,
};

export function checkInstanceType(path: string, instanceType: string | undefined, checks: Checks): void {
  checks.matches(path, instanceType, instanceTypeFormat);
}

export function checkImage(path: string, image: string | undefined, checks: Checks): void {
  if (image !== undefined && /^(alias:|(al2|al2023|bottlerocket|windows[0-9]{4})@)/.test(image)) {
    const rule = `aliases are not available with amiFamily Custom, and an image must be ${imageFormat.rule}`;
    checks.problem(path, "AMI alias", image, rule);
  } else {
    checks.matches(path, image, imageFormat);
  }
}

/** kops pkg/apis/kops/validation/instancegroup.go:370 */
function isImage(image: string): boolean {
  if (image.trim() !== image || image === "" || image.includes("://")) {
    return false;
  }
  if (image.startsWith("ami-")) {
    return /^ami-[0-9a-z]{1,32}$/.test(image);
  }
  if (image.startsWith("ssm:")) {
    return /^ssm:[A-Za-z0-9_./-]{1,1011}$/.test(image);
  }
  const slash = image.indexOf("/");
  return slash !== 0 && slash !== image.length - 1 && image.length <= 512 && !/[\x00-\x1f\x7f]/.test(image);
}

export function checkImages(path: string, images: readonly string[] | undefined, checks: Checks): void {
  checks.notEmpty(path, images, "list at least one image, or omit it");
  checks.fewerThan(path, images?.length ?? 0, mostSelectorTerms, "images");
  const entries = checks.items(path, images);
  for (const [image, imagePath] of entries) {
    checkImage(imagePath, image, checks);
  }
  checks.unique(entries);
}

export function checkInstanceTypes(path: string, types: readonly string[] | undefined, checks: Checks): void {
  checks.notEmpty(path, types, "list at least one instance type, or omit it");
  const entries = checks.items(path, types);
  checks.matchAll(entries, instanceTypeFormat);
  checks.unique(entries);
  const usable = entries.map(([type]) => type).filter((type) => instanceTypePattern.test(type));
  if ((knownArchitectures(usable, architectureOfType) ?? []).length > 1) {
    const rule = "must be all amd64 or all arm64; use a group for each";
    checks.report.add(path, `several architectures, got ${showSome(usable)}; ${rule}`);
  }
  if (usable.some(isGpuType) && !usable.every(isGpuType)) {
    const rule = "must be all with GPUs or all without";
    checks.report.add(path, `mixes GPU and non-GPU types, got ${showSome(usable)}; ${rule}`);
  }
}

/** kOps compares the group's types with its first image (kops pkg/apis/kops/validation/aws.go:187). */
export function checkImageFits(
  path: string,
  image: string | undefined,
  type: string | undefined,
  checks: Checks,
): void {
  const ofImage = image === undefined ? undefined : architectureOfImage(image);
  const ofType = type === undefined ? undefined : architectureOfType(type);
  if (ofImage !== undefined && ofType !== undefined && ofImage !== ofType) {
    checks.problem(
      path,
      "wrong architecture for the instance type",
      image,
      `must be for ${ofType}, like ${show(type)}`,
    );
  }
}

export function checkSecurityGroups(path: string, groups: readonly Input<string>[], checks: Checks): void {
  const entries = checks.items(path, groups);
  checks.matchAll(entries, securityGroupId);
  checks.unique(entries);
  checks.fewerThan(path, groups.length, mostSecurityGroups, "security groups");
}

/** `authorities`: how many certificate authorities the group's user data holds. */
export function checkUserData(path: string, parts: readonly UserData[], authorities: number, checks: Checks): void {
  const entries = checks.items(path, parts);
  for (const [{ name, type, content }, partPath] of entries) {
    checks.matches(`${partPath}.name`, name, partName);
    checks.oneOf(`${partPath}.type`, type, userDataTypes, "unknown type");
    if (content === "") {
      checks.report.add(`${partPath}.content`, "must not be empty; must be the text of the part");
    }
  }
  checks.unique(
    entries.map(([{ name }, partPath]) => [name, `${partPath}.name`] as const),
    "part name",
  );
  const tooLong = userDataProblem(
    entries.map(([part]) => part),
    authorities,
  );
  if (tooLong !== undefined) {
    checks.report.add(path, tooLong);
  }
}
