/** What Pulumi's aws plugin asks AWS for, and docs/iam-policy.json does not allow, or allows and was not asked for here. */
import { changesNotMade, type Expectation } from "../support/iam/documentedPolicy";

export const expectation: Expectation = {
  harmless: { "read for an attribute that the component does not use": ["ec2:GetInstanceUefiData"] },
  notAsked: {
    ...changesNotMade,
    "repairs what somebody changed by hand, or changes with another version of this package": [
      "elasticloadbalancing:ModifyTargetGroup",
      "iam:UpdateAssumeRolePolicy",
      "iam:UpdateOpenIDConnectProviderThumbprint",
      "iam:UpdateRole",
    ],
    "another permissions boundary, which only the stand-in's stack has": ["iam:PutRolePermissionsBoundary"],
    "versions of the plugin that do not tag buckets by s3:TagResource": ["s3:PutBucketTagging"],
    "other changes of the network: zones, NAT gateways, topology": [
      "ec2:ReplaceRoute",
      "ec2:ReplaceRouteTableAssociation",
    ],
  },
};
