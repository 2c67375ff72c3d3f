/** The permissions that a stack needs, with the stand-in for Pulumi's aws plugin. */
import { changesNotMade, describeDocumentedPolicy } from "../support/iam/documentedPolicy";

describeDocumentedPolicy({
  harmless: {},
  notAsked: {
    ...changesNotMade,
    "Pulumi's own plugin asks it, the stand-in does without": [
      "ec2:DisassociateAddress",
      "iam:ListRolePolicies",
      "route53:GetChange",
      "s3:DeleteObjectVersion",
      "s3:GetObjectTagging",
      "s3:ListTagsForResource",
      "s3:TagResource",
      "s3:UntagResource",
    ],
  },
});
