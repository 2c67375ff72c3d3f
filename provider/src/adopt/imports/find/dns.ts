import { ofNothing, only, text, unlessAbsent, type Finder, type Finders, type Place } from "./found";

export function dnsFinders({ aws: { route53 } }: Place): Finders {
  const record: Finder = async (inputs) => {
    const zone = text(inputs, "zoneId");
    const name = text(inputs, "name") ?? "";
    const type = text(inputs, "type") ?? "";
    if (zone === undefined) return ofNothing;
    // The list starts at that record, or at the one that would follow it.
    const answer = await route53.listResourceRecordSets({
      HostedZoneId: zone,
      StartRecordName: name,
      StartRecordType: type as "A",
      MaxItems: 1,
    });
    const found = (answer.ResourceRecordSets ?? []).filter((each) => each.Name === `${name}.` && each.Type === type);
    return only(found, `record ${name} ${type} in ${zone}`, () => ({ id: `${zone}_${name}_${type}` }));
  };

  const zoneAssociation: Finder = async (inputs) => {
    const zone = text(inputs, "zoneId");
    const vpc = text(inputs, "vpcId");
    if (zone === undefined || vpc === undefined) return ofNothing;
    const answer = await unlessAbsent(route53.getHostedZone({ Id: zone }));
    const found = (answer?.VPCs ?? []).filter(({ VPCId }) => VPCId === vpc);
    return only(found, `association of the hosted zone ${zone} with ${vpc}`, () => ({ id: `${zone}:${vpc}` }));
  };

  return {
    "aws:route53/record:Record": record,
    "aws:route53/zoneAssociation:ZoneAssociation": zoneAssociation,
  };
}
