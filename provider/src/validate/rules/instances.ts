/** What machines are made of: instance types, images, further user data and security groups. */
import { userDataProblem } from "../../model/userDataLimit";
import {
  architectureOfImage,
  architectureOfType,
  instanceTypePattern,
  isGpuType,
  knownArchitectures,
} from "../../model/instanceTypes";
import type { UserData } from "../../schema/types.gen";
import { show, showList } from "../report/display";
import { eachDuplicate, items, plainItems } from "./entries";
import type { Problems } from "../report/problem";

export const imageRule = "must be ami-…, ssm:<parameter>, <name> or <owner>/<name>";
/** Karpenter v1.14.1 pkg/apis/crds/karpenter.k8s.aws_ec2nodeclasses.yaml: the most terms of a selector */
const mostSelectorTerms = 30;
/** Security groups on an interface at most, with the quota raised; one is kOps's. */
const mostSecurityGroups = 15;

/** kops v1.36.2 pkg/apis/kops/validation/instancegroup.go:413 */
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
/** kops v1.36.2 pkg/model/resources/nodeup.go:304: the part with the bootstrap script */
const bootstrapPart = "nodeup.sh";

export function checkInstanceType(instanceType: string, path: string, problems: Problems): void {
  if (!instanceTypePattern.test(instanceType)) {
    problems.add(path, `not an instance type, got ${show(instanceType)}; must be a family and a size, as in m7g.large`);
  }
}

export function checkImage(image: string, path: string, problems: Problems): void {
  if (/^(al2|al2023|bottlerocket|windows[0-9]{4})@/.test(image)) {
    problems.add(
      path,
      `AMI alias, got ${show(image)}; aliases are not available with amiFamily Custom, and an image ${imageRule}`,
    );
  } else if (!isImage(image)) {
    problems.add(path, `not an image, got ${show(image)}; ${imageRule}`);
  }
}

/** kops v1.36.2 pkg/apis/kops/validation/instancegroup.go:370 */
function isImage(image: string): boolean {
  if (image.trim() !== image || image === "" || image.includes("://")) {
    return false;
  }
  if (image.startsWith("ami-")) {
    return /^ami-[0-9a-z]+$/.test(image);
  }
  if (image.startsWith("ssm:")) {
    return /^ssm:[A-Za-z0-9_./-]+$/.test(image);
  }
  const slash = image.indexOf("/");
  return slash !== 0 && slash !== image.length - 1 && !/[\t\r\n]/.test(image);
}

export function checkImages(images: readonly string[] | undefined, path: string, problems: Problems): void {
  if (images === undefined) {
    return;
  }
  if (images.length === 0) {
    problems.add(path, "empty, got no images; must have at least one, or leave it out");
  }
  if (images.length > mostSelectorTerms) {
    problems.add(path, `too many images, got ${images.length}; must be at most ${mostSelectorTerms}`);
  }
  const entries = items(images, path);
  for (const [image, imagePath] of entries) {
    checkImage(image, imagePath, problems);
  }
  eachDuplicate(entries, (image, imagePath, first) => {
    problems.add(imagePath, `given twice, got ${show(image)}; it is already in ${first}`);
  });
}

export function checkInstanceTypes(types: readonly string[] | undefined, path: string, problems: Problems): void {
  if (types === undefined) {
    return;
  }
  if (types.length === 0) {
    problems.add(path, "empty, got no instance types; must have at least one, or leave it out");
  }
  const entries = items(types, path);
  for (const [type, typePath] of entries) {
    checkInstanceType(type, typePath, problems);
  }
  eachDuplicate(entries, (type, typePath, first) => {
    problems.add(typePath, `given twice, got ${show(type)}; it is already in ${first}`);
  });
  const usable = entries.map(([type]) => type).filter((type) => instanceTypePattern.test(type));
  const architectures = knownArchitectures(usable, architectureOfType) ?? [];
  if (architectures.length > 1) {
    problems.add(
      path,
      `several architectures, got ${showList(usable)}; must be all amd64 or all arm64, in a group for each`,
    );
  }
  if (usable.some(isGpuType) && !usable.every(isGpuType)) {
    problems.add(path, `GPU and other types mixed, got ${showList(usable)}; must be all with GPUs or all without`);
  }
}

/** kOps holds the group's types against its first image (kops v1.36.2 pkg/apis/kops/validation/aws.go:187). */
export function checkImageFits(
  image: string | undefined,
  type: string | undefined,
  path: string,
  problems: Problems,
): void {
  const ofImage = image === undefined ? undefined : architectureOfImage(image);
  const ofType = type === undefined ? undefined : architectureOfType(type);
  if (ofImage !== undefined && ofType !== undefined && ofImage !== ofType) {
    problems.add(
      path,
      `image of another architecture than the instance type, got ${show(image)}; must be for ${ofType}, as ${show(type)}`,
    );
  }
}

export function checkSecurityGroups(groups: readonly unknown[] | undefined, path: string, problems: Problems): void {
  const entries = plainItems(groups, path);
  for (const [id, idPath] of entries) {
    if (!/^sg-[0-9a-z]+$/.test(id)) {
      problems.add(idPath, `not a security group, got ${show(id)}; must be an id such as sg-0123456789abcdef0`);
    }
  }
  eachDuplicate(entries, (id, idPath, first) => {
    problems.add(idPath, `given twice, got ${show(id)}; it is already in ${first}`);
  });
  if (groups !== undefined && groups.length > mostSecurityGroups) {
    problems.add(path, `too many security groups, got ${groups.length}; must be at most ${mostSecurityGroups}`);
  }
}

export function checkUserData(parts: readonly UserData[] | undefined, path: string, problems: Problems): void {
  const entries = items(parts, path);
  for (const [part, partPath] of entries) {
    if (!/^[A-Za-z0-9._-]+$/.test(part.name) || part.name === bootstrapPart) {
      const rule = `must be letters, digits, ., _ and -, and not ${bootstrapPart}`;
      problems.add(`${partPath}.name`, `not a part's name, got ${show(part.name)}; ${rule}`);
    }
    if (!userDataTypes.includes(part.type)) {
      problems.add(
        `${partPath}.type`,
        `unknown type, got ${show(part.type)}; must be one of ${showList(userDataTypes)}`,
      );
    }
    if (part.content === "") {
      problems.add(`${partPath}.content`, 'empty, got ""; must be the text of the part');
    }
  }
  const names = entries.map(([part, partPath]) => [part.name, partPath] as const);
  eachDuplicate(names, (name, partPath, first) => {
    problems.add(`${partPath}.name`, `given twice, got ${show(name)}; ${first} has that name`);
  });
  const tooLong = userDataProblem(entries.map(([part]) => part));
  if (tooLong !== undefined) {
    problems.add(path, tooLong);
  }
}
