import * as pulumi from "@pulumi/pulumi";
import { getAmi } from "@pulumi/aws/ec2/getAmi";
import { getInternetGateway } from "@pulumi/aws/ec2/getInternetGateway";
import { getNetworkInterface } from "@pulumi/aws/ec2/getNetworkInterface";
import { getNetworkInterfaces } from "@pulumi/aws/ec2/getNetworkInterfaces";
import { getCallerIdentity } from "@pulumi/aws/getCallerIdentity";
import { getZone, type GetZoneArgs, type GetZoneResult } from "@pulumi/aws/route53/getZone";
import { getParameter } from "@pulumi/aws/ssm/getParameter";
import { imageQuery } from "../../model/images";
import type { DnsRows } from "../../plan/dns";

export interface ResolvedImage {
  readonly id: string;
  readonly rootDeviceName: string;
}

/** What the component itself asks of AWS, each thing once. */
export class Answers {
  private readonly images = new Map<string, pulumi.Output<ResolvedImage>>();

  /**
   * `checked` is known once nothing is found wrong with the inputs; nothing is asked before, so that a mistake is told
   * once, under its input. Where the preview does without AWS, what AWS does not answer is unknown in it.
   */
  constructor(
    private readonly checked: pulumi.Output<unknown>,
    private readonly withoutAws: boolean,
    private readonly options: pulumi.InvokeOptions,
  ) {}

  accountId(): pulumi.Output<string> {
    return this.ask(getCallerIdentity, pulumi.output({})).accountId;
  }

  /** The AMI that a selector stands for today. */
  image(selector: string): pulumi.Output<ResolvedImage> {
    const image = this.images.get(selector) ?? this.lookUpImage(selector);
    this.images.set(selector, image);
    return image;
  }

  /** `vpcId`: a VPC that must see the zone. */
  hostedZoneId(zone: DnsRows["zone"], vpcId: pulumi.Output<string> | undefined): pulumi.Output<string> {
    const query = vpcId === undefined ? pulumi.output(zone) : vpcId.apply((known) => ({ ...zone, vpcId: known }));
    return this.ask<GetZoneArgs, GetZoneResult>(getZone, query).zoneId;
  }

  internetGatewayId(vpcId: pulumi.Output<string>): pulumi.Output<string> {
    const filters = [{ name: "attachment.vpc-id", values: [vpcId] }];
    return this.ask(getInternetGateway, pulumi.output({ filters })).internetGatewayId;
  }

  /**
   * Private addresses of the interfaces of that kind with that description, of which AWS has one or more in each of the
   * subnets. In a preview they are unknown if the update brings other subnets: it also brings other interfaces.
   */
  interfaceAddresses(
    vpcId: pulumi.Output<string>,
    kind: string,
    description: pulumi.Output<string>,
    subnets: pulumi.Output<readonly string[]>,
  ): pulumi.Output<readonly string[]> {
    const filters = [
      { name: "vpc-id", values: [vpcId] },
      { name: "interface-type", values: [kind] },
      { name: "description", values: [description] },
    ];
    const interfaces = this.ask(getNetworkInterfaces, pulumi.output({ filters })).ids.apply((ids) =>
      pulumi.all(ids.map((id) => this.ask(getNetworkInterface, pulumi.output({ id })))),
    );
    const addresses = pulumi.all([interfaces, subnets]).apply(([found, wanted]): unknown => {
      const isAsToday = isSameSet(
        found.map(({ subnetId }) => subnetId),
        wanted,
      );
      return pulumi.runtime.isDryRun() && !isAsToday ? pulumi.unknown : found.map(({ privateIp }) => privateIp);
    });
    return addresses as pulumi.Output<readonly string[]>;
  }

  private lookUpImage(selector: string): pulumi.Output<ResolvedImage> {
    const query = imageQuery(selector);
    if ("owner" in query) {
      const filters = [{ name: "name", values: [query.name] }];
      return resolved(this.ask(getAmi, pulumi.output({ owners: [query.owner], filters, mostRecent: true })));
    }
    const id = "id" in query ? query.id : this.ask(getParameter, pulumi.output({ name: query.parameter })).value;
    return resolved(this.ask(getAmi, pulumi.output({ filters: [{ name: "image-id", values: [id] }] })));
  }

  private ask<Args, Result>(
    call: (args: Args, options: pulumi.InvokeOptions) => Promise<Result>,
    args: pulumi.Output<Args>,
  ): pulumi.Output<Result> {
    const answer = pulumi.all([args, this.checked]).apply(async ([known]): Promise<unknown> => {
      try {
        return await call(known as Args, this.options);
      } catch (error) {
        if (this.withoutAws && pulumi.runtime.isDryRun()) {
          return pulumi.unknown;
        }
        throw error;
      }
    });
    return answer as pulumi.Output<Result>;
  }
}

function resolved(image: pulumi.Output<ResolvedImage>): pulumi.Output<ResolvedImage> {
  return image.apply(({ id, rootDeviceName }) => ({ id, rootDeviceName }));
}

function isSameSet(some: readonly string[], others: readonly string[]): boolean {
  return some.every((each) => others.includes(each)) && others.every((each) => some.includes(each));
}
