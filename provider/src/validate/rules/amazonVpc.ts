/** The options of the Amazon VPC CNI, and what it does not go with. */
import { fixedVariables, manifestVariables } from "../../addons/amazon-vpc/settings";
import type { ResolvedCluster } from "../../model/cluster";
import { usesVpcAddresses } from "../../model/podNetwork";
import type { Checks } from "../kit/checks";
import { containerImage, pattern, unquotedText } from "../kit/formats";

const path = "amazonVPC";

const variable = pattern(
  "name of a variable",
  /^[A-Za-z_][A-Za-z0-9_]{0,254}$/,
  "letters, digits and _, not starting with a digit",
);

export function checkAmazonVpc(cluster: ResolvedCluster, checks: Checks): void {
  const { declared, amazonVpc } = cluster;
  checkGracePeriods(cluster, checks);
  if (!checks.report.isUsable(path)) return;
  checks.onlyIf(path, declared.amazonVPC, { holds: usesVpcAddresses(cluster), text: 'cni is "amazonvpc"' });
  for (const name of ["image", "initImage", "networkPolicyAgentImage"] as const) {
    checks.matches(`${path}.${name}`, amazonVpc[name], containerImage);
  }
  checkVariables(cluster, checks);
}

/** kOps puts values between quotes as they are. */
function checkVariables(cluster: ResolvedCluster, checks: Checks): void {
  const fixed: readonly string[] = [...Object.keys(fixedVariables(cluster)), ...manifestVariables];
  const variables = checks.items(`${path}.env`, cluster.amazonVpc.env);
  for (const [{ name, value }, at] of variables) {
    checks.matches(`${at}.name`, name, variable);
    checks.matches(`${at}.value`, value, unquotedText);
    if (fixed.includes(name)) checks.problem(`${at}.name`, "variable that kOps sets", name, "omit it");
  }
  checks.unique(
    variables.map(([{ name }, at]) => [name, `${at}.name`] as const),
    "variable",
  );
}

/** kOps sets them to zero, whatever the spec says (kops pkg/model/components/kubelet.go:161). */
function checkGracePeriods(cluster: ResolvedCluster, checks: Checks): void {
  const isKept = { holds: !usesVpcAddresses(cluster), text: 'cni is not "amazonvpc"' };
  for (const section of ["kubelet", "masterKubelet"] as const) {
    for (const name of ["shutdownGracePeriod", "shutdownGracePeriodCriticalPods"]) {
      checks.onlyIf(`clusterSpec.${section}.${name}`, cluster.clusterSpec[section]?.[name], isKept);
    }
  }
}
