import * as pulumi from "@pulumi/pulumi";
import { getAmiOutput } from "@pulumi/aws/ec2/getAmi";
import { getParameterOutput } from "@pulumi/aws/ssm/getParameter";
import { imageOwner } from "../../model/aws";

export interface ResolvedImage {
  readonly id: string;
  readonly rootDeviceName: string;
}

/** The AMI that a selector stands for today: `ami-…`, `ssm:<parameter>`, `<name>` or `<owner>/<name>`, as kOps reads it. */
export function resolveImage(selector: string, options: pulumi.InvokeOptions): pulumi.Output<ResolvedImage> {
  const image = lookUp(selector, options);
  return pulumi.all([image.id, image.rootDeviceName]).apply(([id, rootDeviceName]) => ({ id, rootDeviceName }));
}

function lookUp(selector: string, options: pulumi.InvokeOptions): ReturnType<typeof getAmiOutput> {
  if (selector.startsWith("ami-")) {
    return byId(selector, options);
  }
  if (selector.startsWith("ssm:")) {
    return byId(getParameterOutput({ name: selector.slice("ssm:".length) }, options).value, options);
  }
  const slash = selector.indexOf("/");
  const owner = slash === -1 ? "self" : imageOwner(selector.slice(0, slash));
  const filters = [{ name: "name", values: [selector.slice(slash + 1)] }];
  return getAmiOutput({ owners: [owner], filters, mostRecent: true }, options);
}

function byId(id: pulumi.Input<string>, options: pulumi.InvokeOptions): ReturnType<typeof getAmiOutput> {
  return getAmiOutput({ filters: [{ name: "image-id", values: [id] }] }, options);
}
