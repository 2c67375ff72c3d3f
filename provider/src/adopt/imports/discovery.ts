import { parseStoreUrl } from "../../model/locations";
import { reasonOf } from "../../resources/operation/operation";
import type { AwsClients } from "./clients";
import { unlessAbsent } from "./find/found";

/**
 * kOps makes the two documents of a discovery store public one by one, where no policy makes the bucket public (kops v1.36.2
 * pkg/model/issuerdiscovery.go:96). The component relies on a policy, and AWS provider's first update of an object that it
 * imported takes such a grant away: without a policy, no service account of the cluster would get AWS credentials any more.
 */
export async function discoveryProblems({ s3 }: AwsClients, url: string): Promise<readonly string[]> {
  const { bucket: Bucket } = parseStoreUrl(url) ?? { bucket: "" };
  try {
    const answer = await unlessAbsent(s3.getBucketPolicyStatus({ Bucket }));
    return answer?.PolicyStatus?.IsPublic === true
      ? []
      : [
          `no policy makes the bucket of ${url} public: kOps made its documents public one by one, which the first update would ` +
            `undo; give the bucket a policy that lets everyone read them before you import the cluster`,
        ];
  } catch (error) {
    return [`the policy of the bucket of ${url} could not be looked up: ${reasonOf(error)}`];
  }
}
