import * as pulumi from "@pulumi/pulumi";
import { Eip } from "@pulumi/aws/ec2/eip";
import { InternetGateway } from "@pulumi/aws/ec2/internetGateway";
import { NatGateway } from "@pulumi/aws/ec2/natGateway";
import { Route, type RouteArgs } from "@pulumi/aws/ec2/route";
import { RouteTable } from "@pulumi/aws/ec2/routeTable";
import { RouteTableAssociation } from "@pulumi/aws/ec2/routeTableAssociation";
import { Subnet } from "@pulumi/aws/ec2/subnet";
import { Tag } from "@pulumi/aws/ec2/tag";
import { Vpc } from "@pulumi/aws/ec2/vpc";
import { VpcDhcpOptions } from "@pulumi/aws/ec2/vpcDhcpOptions";
import { VpcDhcpOptionsAssociation } from "@pulumi/aws/ec2/vpcDhcpOptionsAssociation";
import { VpcIpv4CidrBlockAssociation } from "@pulumi/aws/ec2/vpcIpv4CidrBlockAssociation";
import type { Tags } from "../../model/tags";
import { commonNatGateway, networkRows, type NetworkRows, type RouteRow, type SubnetRow } from "../../plan/network";
import { byRef, requireRef } from "../builders/references";
import { ClusterChild, type ClusterContext } from "./clusterChild";

interface Gateway {
  readonly id: pulumi.Output<string>;
  /** Absent where the VPC brings its own. */
  readonly made: InternetGateway | undefined;
}

/** By ref. */
type NatGateways = Readonly<Record<string, NatGateway>>;

/** The VPC, its subnets and their routes. */
export class Network extends ClusterChild {
  readonly vpcId: pulumi.Output<string>;
  /** By subnet name. */
  readonly subnetIds: Readonly<Record<string, pulumi.Output<string>>>;
  /** Nodes reach the internet through these; they must exist before an instance starts. */
  readonly routes: readonly pulumi.Resource[];
  readonly commonNatGatewayId: pulumi.Output<string | undefined>;
  private readonly sharedTags: pulumi.Resource[] = [];

  constructor(context: ClusterContext) {
    super("network", context);
    const rows = networkRows(context.cluster);
    this.vpcId = this.vpc(rows);
    this.dhcpOptions(rows);
    const ranges = this.furtherRanges(rows);
    this.subnetIds = byRef(rows.subnets, (row) => this.subnet(row, ranges));
    const gateway = this.internetGateway(rows);
    const natGateways = this.natGateways(rows, gateway);
    for (const { key, id, tags } of rows.sharedTags) this.share(key, pulumi.output(id), tags);
    this.routes = [...this.routing(rows, gateway, natGateways), ...this.sharedTags];
    const common = commonNatGateway(context.cluster);
    this.commonNatGatewayId = common === undefined ? pulumi.output(undefined) : requireRef(natGateways, common).id;
    this.registerOutputs({ vpcId: this.vpcId, subnetIds: this.subnetIds });
  }

  private vpc({ vpc: row }: NetworkRows): pulumi.Output<string> {
    return row.existingId === undefined
      ? new Vpc(this.childName(row.key), row.args, this.child).id
      : pulumi.output(row.existingId);
  }

  private dhcpOptions({ dhcpOptions: row }: NetworkRows): void {
    if (row === undefined) {
      return;
    }
    const options = new VpcDhcpOptions(this.childName(row.key), row.args, this.child);
    new VpcDhcpOptionsAssociation(
      this.childName(row.associationKey),
      { vpcId: this.vpcId, dhcpOptionsId: options.id },
      this.child,
    );
  }

  private furtherRanges({ furtherRanges: rows }: NetworkRows): Readonly<Record<string, VpcIpv4CidrBlockAssociation>> {
    return byRef(rows, (row) => {
      const args = { ...row.args, vpcId: this.vpcId };
      return new VpcIpv4CidrBlockAssociation(this.childName(row.key), args, this.child);
    });
  }

  private subnet(row: SubnetRow, ranges: Readonly<Record<string, pulumi.Resource>>): pulumi.Output<string> {
    if (row.existingId !== undefined) return this.share(row.key, pulumi.output(row.existingId), row.args.tags);
    const dependsOn = row.furtherRange === undefined ? {} : { dependsOn: [requireRef(ranges, row.furtherRange)] };
    const options = { ...this.child, ...dependsOn };
    return new Subnet(this.childName(row.key), { ...row.args, vpcId: this.vpcId }, options).id;
  }

  /** Of what is the user's, only the tags that say who uses it are ours; each is a resource, and goes with the cluster. */
  private share(owner: string, resourceId: pulumi.Output<string>, tags: Tags): pulumi.Output<string> {
    for (const [key, value] of Object.entries(tags)) {
      const name = this.childName(`${owner}-tag`, key.replace(/[^A-Za-z0-9.]/g, "-"));
      this.sharedTags.push(new Tag(name, { resourceId, key, value }, this.child));
    }
    return resourceId;
  }

  private internetGateway({ internetGateway: row }: NetworkRows): Gateway | undefined {
    if (row === undefined) {
      return undefined;
    }
    if (row === "existing") {
      return { id: this.answers.internetGatewayId(this.vpcId), made: undefined };
    }
    const made = new InternetGateway(this.childName(row.key), { ...row.args, vpcId: this.vpcId }, this.child);
    return { id: made.id, made };
  }

  private natGateways(rows: NetworkRows, gateway: Gateway | undefined): NatGateways {
    const addresses = byRef(rows.elasticIps, (row) => new Eip(this.childName(row.key), row.args, this.child));
    return byRef(rows.natGateways, (row) => {
      const { elasticIp } = row;
      const allocationId =
        typeof elasticIp === "string" ? requireRef(addresses, elasticIp).id : pulumi.output(elasticIp.existingId);
      const subnetId = requireRef(this.subnetIds, row.subnet);
      // A NAT gateway fails to start in a VPC that has no way out yet.
      const options = { ...this.child, dependsOn: gateway?.made === undefined ? [] : [gateway.made] };
      return new NatGateway(this.childName(row.key), { ...row.args, allocationId, subnetId }, options);
    });
  }

  private routing(rows: NetworkRows, gateway: Gateway | undefined, natGateways: NatGateways): pulumi.Resource[] {
    const tables = byRef(
      rows.routeTables,
      (row) => new RouteTable(this.childName(row.key), { ...row.args, vpcId: this.vpcId }, this.child),
    );
    const routes = rows.routes.map((row) => {
      const routeTableId = requireRef(tables, row.routeTable).id;
      const args = { ...row.args, ...target(row, gateway, natGateways), routeTableId };
      return new Route(this.childName(row.key), args, this.child);
    });
    const associations = rows.routeTableAssociations.map((row) => {
      const args = {
        routeTableId: requireRef(tables, row.routeTable).id,
        subnetId: requireRef(this.subnetIds, row.subnet),
      };
      return new RouteTableAssociation(this.childName(row.key), args, this.child);
    });
    return [...routes, ...associations];
  }
}

function target(
  row: RouteRow,
  gateway: Gateway | undefined,
  natGateways: NatGateways,
): Pick<RouteArgs, "gatewayId" | "natGatewayId" | "transitGatewayId"> {
  if (row.target !== "internetGateway") {
    if ("transitGateway" in row.target) {
      return { transitGatewayId: row.target.transitGateway };
    }
    if ("existingNatGateway" in row.target) {
      return { natGatewayId: row.target.existingNatGateway };
    }
    return { natGatewayId: requireRef(natGateways, row.target.natGateway).id };
  }
  if (gateway === undefined) {
    throw new Error(`bug: route ${row.key} needs an internet gateway that was not planned`);
  }
  return { gatewayId: gateway.id };
}
