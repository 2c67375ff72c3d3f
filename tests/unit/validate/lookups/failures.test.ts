/** What the errors of the aws provider mean: its texts, and codes of AWS within them. */
import { expect } from "chai";
import { deniedAction, failureOf } from "../../../../provider/src/validate/lookups/failures";

const denied =
  "reading EC2 VPC: operation error EC2: DescribeVpcs, https response error StatusCode: 403, api error UnauthorizedOperation: You are not authorized to perform this operation. User: arn:aws:iam::123456789012:user/me is not authorized to perform: ec2:DescribeVpcs because no identity-based policy allows the ec2:DescribeVpcs action";

const texts: Readonly<Record<string, readonly string[]>> = {
  none: [
    "no matching EC2 VPC found",
    "no matching Route 53 Hosted Zone found",
    "Your query returned no results. Please change your search criteria and try again.",
    "reading SSM Parameter (/none): couldn't find resource",
    "reading EC2 Subnet: empty result",
    "reading KMS Key (1): operation error KMS: DescribeKey, https response error StatusCode: 400, NotFoundException: Key does not exist",
    "reading S3 Bucket (b) Object (k): couldn't find resource",
    "reading S3 Bucket (b) Object (k): operation error S3: HeadObject, https response error StatusCode: 404, api error NotFound: Not Found",
    "reading S3 Bucket (b) Object (k): operation error S3: GetObject, https response error StatusCode: 404, NoSuchBucket: ",
    "reading EC2 Images: operation error EC2: DescribeImages, api error InvalidAMIID.Malformed: Invalid id",
  ],
  several: [
    "multiple Route 53 Hosted Zones matched; use additional constraints to reduce matches to a single Route 53 Hosted Zone",
    "Your query returned more than one result. Please try a more specific search criteria",
  ],
  denied: [
    denied,
    "reading S3 Bucket (b) Object (k): operation error S3: HeadObject, https response error StatusCode: 403, api error Forbidden: Forbidden",
    "reading KMS Key (1): operation error KMS: DescribeKey, api error AccessDeniedException: User is not authorized",
  ],
  credentials: [
    "unable to validate AWS credentials. Details: no valid credential sources for Terraform AWS Provider found.",
    "operation error STS: GetCallerIdentity, api error InvalidClientTokenId: The security token included in the request is invalid.",
    "api error ExpiredToken: The security token included in the request is expired",
    "api error AuthFailure: AWS was not able to validate the provided access credentials",
  ],
  region: ["Missing region configuration", "invalid AWS Region: nowhere"],
  other: ["connect: connection refused", "api error RequestLimitExceeded: Request limit exceeded."],
};

describe("failures of look-ups", () => {
  for (const [failure, all] of Object.entries(texts)) {
    for (const text of all) {
      it(`${failure}: ${text.slice(0, 80)}`, () => {
        expect(
          failureOf(`invocation of aws:x:y returned an error: invoking aws:x:y: 1 error occurred:\n\t* ${text}`),
        ).to.equal(failure);
      });
    }
  }

  it("say which action is denied, where AWS does", () => {
    expect(deniedAction(denied)).to.equal("ec2:DescribeVpcs");
    expect(deniedAction("api error AccessDenied: Access denied")).to.equal(undefined);
  });
});
