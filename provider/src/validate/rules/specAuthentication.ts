/** Users and roles of AWS IAM, in kOps's own terms. */
import type { Fields } from "../../encode/fields";
import type { ResolvedCluster } from "../../model/cluster";
import { at } from "../report/report";
import type { Checks } from "../kit/checks";
import { isKnown } from "../kit/fields";
import { pattern } from "../kit/formats";
import { isPlain } from "./specAccess";

const path = "clusterSpec.authentication.aws";
/** Of the authenticator's backends, those that need no option that kOps does not set. */
const backends = ["CRD", "EKSConfigMap", "MountedFile"];
/** kops pkg/apis/kops/validation/aws.go:399 */
const principal = pattern(
  "ARN",
  /^arn:[^:]*:[^:]*:[^:]*:[^:]*:(role|user)\//,
  "the ARN of an IAM role or user, such as arn:aws:iam::123456789012:role/Admin",
);
/** kOps puts it into the manifest's text as it is. */
const username = pattern(
  "user name",
  /^[A-Za-z][^\s#"']*[^\s#"':]$/,
  "a user name that starts with a letter, without spaces, such as admin:{{SessionName}}",
);

export function checkAuthentication({ clusterSpec }: ResolvedCluster, checks: Checks): void {
  const aws = clusterSpec.authentication?.["aws"];
  if (!isPlain(path, aws, checks) || !isKnown(aws)) return;
  checks.conflictsWith(
    "clusterSpec.kubeAPIServer.authenticationTokenWebhookConfigFile",
    clusterSpec.kubeAPIServer?.["authenticationTokenWebhookConfigFile"],
    path,
    true,
  );
  const { backendMode = "MountedFile", identityMappings } = aws;
  if (!isPlain(`${path}.backendMode`, backendMode, checks) || typeof backendMode !== "string") return;
  const modes = backendMode.split(",");
  for (const mode of modes) checks.oneOf(`${path}.backendMode`, mode, backends, "unknown backend");
  if (!isPlain(`${path}.identityMappings`, identityMappings, checks) || !Array.isArray(identityMappings)) return;
  // kops pkg/apis/kops/validation/aws.go:395
  if (identityMappings.length > 0 && !modes.includes("CRD")) {
    const rule = "must include CRD where identityMappings is set";
    checks.problem(`${path}.backendMode`, "backend without identity mappings", backendMode, rule);
  }
  identityMappings.forEach((mapping: unknown, index) => {
    if (isKnown(mapping)) checkMapping(at(`${path}.identityMappings`, index), mapping, checks);
  });
}

/** The API server refuses a mapping that lacks one of them, and kOps's channel with it. */
function checkMapping(mappingPath: string, { arn, username: name, groups }: Fields, checks: Checks): void {
  const needed = { arn: "a string", username: "a string", groups: "a list of at least one group" };
  const given: Fields = {
    arn,
    username: name,
    groups: Array.isArray(groups) && groups.length === 0 ? undefined : groups,
  };
  for (const [field, rule] of Object.entries(needed)) {
    if (given[field] === undefined)
      checks.report.add(`${mappingPath}.${field}`, `required, got nothing; must be ${rule}`);
  }
  checks.matches(`${mappingPath}.arn`, arn as string | undefined, principal);
  checks.matches(`${mappingPath}.username`, name as string | undefined, username);
}
