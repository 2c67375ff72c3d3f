// Writes docs/kops-spec.md: what becomes of each field of kOps's cluster and instance group specs, and what judges it.
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { releaseOf } from "../../provider/src/resolve/release";
import { clusterVerdicts } from "../../provider/src/validate/spec/clusterVerdicts";
import { controlPlaneVerdicts, nodeGroupVerdicts } from "../../provider/src/validate/spec/groupVerdicts";
import type { Verdict, Verdicts } from "../../provider/src/validate/spec/verdict";
import { inputsOf, isInput, judgesOf } from "./judges";

const root = resolve(__dirname, "../..");

const introduction = `<!-- Generated from provider/src/validate/spec by \`make generate\`. Do not edit. -->

# kOps spec

What kOps can say and the component has no input for is given in kOps's own terms: \`clusterSpec\` for the cluster,
\`controlPlane.instanceGroupSpec\` and \`nodeGroups.*.instanceGroupSpec\` for instance groups. The component checks each field
against the API of the kOps release in a preview: an unknown field or a wrong type is an error. Fields go over the defaults of
kOps into the cluster's spec and the configuration of nodes, exactly as if the spec had been edited with the kOps CLI. The component
does not know what each field means, so a value that kOps accepts and a component of Kubernetes does not is found only on the node.

\`\`\`yaml
clusterSpec:
  kubeAPIServer:
    auditLogPath: /var/log/kube-apiserver-audit.log
    auditPolicyFile: /srv/kubernetes/kube-apiserver/audit/policy.yaml
  fileAssets:
    - name: audit-policy.yaml
      path: /srv/kubernetes/kube-apiserver/audit/policy.yaml
      roles: [ControlPlane]
      content: |
        apiVersion: audit.k8s.io/v1
        kind: Policy
        rules:
          - level: Metadata
\`\`\`

The tables list every field at the top of a spec, and the fields below with another answer. What is said of a field holds for
all fields below it.

The last column names the tests in which kOps gets the same setting: in a golden case (\`tests/golden\`) it has to write the same
files, byte for byte; in \`tests/kops\` its dry run must have nothing to change.
`;

function answer(verdict: Verdict): string {
  switch (verdict.kind) {
    case "carried":
      return "available";
    case "own":
      return `input ${verdict.input.replace(/[\w.*]+/g, (word) => (isInput(word) ? `\`${word}\`` : word))}`;
    case "refused":
      return `not available: ${verdict.why}`;
  }
}

/** `section`: the input that has the spec. */
function table(title: string, section: string, verdicts: Verdicts): string {
  const rows = Object.entries(verdicts)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([field, verdict]) => {
      const judges = judgesOf(inputsOf(field, verdict, section)) ?? "";
      return `| \`${field}\` | ${answer(verdict)} | ${judges} |`;
    });
  return [`## ${title}`, "", "| field | here | compared with kOps in |", "| --- | --- | --- |", ...rows, ""].join("\n");
}

const target = resolve(process.argv[2] ?? root);
writeFileSync(
  join(target, "docs", "kops-spec.md"),
  [
    introduction,
    `Fields are those of kOps ${releaseOf(undefined).version}.`,
    "",
    table("Cluster", "clusterSpec", clusterVerdicts),
    table("Instance groups of the control plane", "controlPlane.instanceGroupSpec", controlPlaneVerdicts),
    table("Instance groups of workers", "nodeGroups.*.instanceGroupSpec", nodeGroupVerdicts),
  ].join("\n"),
);
