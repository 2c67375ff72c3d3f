// Writes docs/kops-spec.md: what becomes of each field of kOps's cluster and instance group specs.
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { releaseOf } from "../../provider/src/resolve/release";
import { clusterVerdicts } from "../../provider/src/validate/spec/clusterVerdicts";
import { controlPlaneVerdicts, nodeGroupVerdicts } from "../../provider/src/validate/spec/groupVerdicts";
import type { Verdict, Verdicts } from "../../provider/src/validate/spec/verdict";

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
`;

function answer(verdict: Verdict): string {
  switch (verdict.kind) {
    case "carried":
      return "available";
    case "own":
      return `input ${verdict.input.replace(/[\w*]+(\.[\w*]+)+|^\w+$/g, (path) => `\`${path}\``)}`;
    case "refused":
      return `not available: ${verdict.why}`;
  }
}

function table(title: string, verdicts: Verdicts): string {
  const rows = Object.entries(verdicts)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([field, verdict]) => `| \`${field}\` | ${answer(verdict)} |`);
  return [`## ${title}`, "", "| field | here |", "| --- | --- |", ...rows, ""].join("\n");
}

const target = resolve(process.argv[2] ?? root);
writeFileSync(
  join(target, "docs", "kops-spec.md"),
  [
    introduction,
    `Fields are those of kOps ${releaseOf(undefined).version}.`,
    "",
    table("Cluster", clusterVerdicts),
    table("Instance groups of the control plane", controlPlaneVerdicts),
    table("Instance groups of workers", nodeGroupVerdicts),
  ].join("\n"),
);
