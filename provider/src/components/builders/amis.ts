import * as pulumi from "@pulumi/pulumi";
import { getAmiOutput } from "@pulumi/aws/ec2/getAmi";
import { getParameterOutput } from "@pulumi/aws/ssm/getParameter";
import { imageQuery } from "../../model/images";

export interface ResolvedImage {
  readonly id: string;
  readonly rootDeviceName: string;
}

/** The AMI that a selector stands for today. */
export function resolveImage(selector: string, options: pulumi.InvokeOptions): pulumi.Output<ResolvedImage> {
  const image = lookUp(selector, options);
  return pulumi.all([image.id, image.rootDeviceName]).apply(([id, rootDeviceName]) => ({ id, rootDeviceName }));
}

function lookUp(selector: string, options: pulumi.InvokeOptions): ReturnType<typeof getAmiOutput> {
  const query = imageQuery(selector);
  if ("parameter" in query) {
    return byId(getParameterOutput({ name: query.parameter }, options).value, options);
  }
  if ("id" in query) {
    return byId(query.id, options);
  }
  const filters = [{ name: "name", values: [query.name] }];
  return getAmiOutput({ owners: [query.owner], filters, mostRecent: true }, options);
}

function byId(id: pulumi.Input<string>, options: pulumi.InvokeOptions): ReturnType<typeof getAmiOutput> {
  return getAmiOutput({ filters: [{ name: "image-id", values: [id] }] }, options);
}
