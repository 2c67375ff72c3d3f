// What a stack holds, for a person: reads `pulumi stack export --show-secrets` from standard input. Writes DIR/summary, with
// a line for each part, and DIR/kubeconfig; prints the state store.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [dir] = process.argv.slice(2);
const { deployment } = JSON.parse(readFileSync(0, "utf8"));
const resources = deployment.resources ?? [];
const cluster = resources.find(({ type }) => type === "kops-karpenter:index:KopsKarpenterCluster");

const names = {
  "aws:autoscaling/group:Group": "Auto Scaling group",
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": "OIDC provider",
  "aws:s3/bucketObjectv2:BucketObjectv2": "file",
  "tls:index/certRequest:CertRequest": "certificate request",
  "tls:index/locallySignedCert:LocallySignedCert": "signed certificate",
  "tls:index/selfSignedCert:SelfSignedCert": "self-signed certificate",
};
const capitals = { vpc: "VPC", dhcp: "DHCP", eip: "elastic IP", nat: "NAT" };

/** `aws:ec2/vpcDhcpOptions:VpcDhcpOptions` is "VPC DHCP options". */
function kind(type) {
  const words = (type.split(":").at(-1) ?? type).replace(/([a-z0-9])([A-Z])/g, "$1 $2").toLowerCase();
  return (
    names[type] ??
    words
      .split(" ")
      .map((word) => capitals[word] ?? word)
      .join(" ")
  );
}

function counted(count, name) {
  if (count === 1 || name.endsWith("s")) {
    return `${count} ${name}`;
  }
  return `${count} ${/[^aeiou]y$/.test(name) ? `${name.slice(0, -1)}ies` : `${name}s`}`;
}

function kinds(parent) {
  const counts = new Map();
  for (const { type } of resources.filter((resource) => resource.parent === parent && resource.custom)) {
    counts.set(kind(type), (counts.get(kind(type)) ?? 0) + 1);
  }
  return [...counts].map(([name, count]) => counted(count, name)).join(", ");
}

function wrapped(text, indent, width = 78) {
  const lines = [""];
  for (const item of text.split(", ")) {
    const last = lines.at(-1);
    if (last === "" || last.length + item.length + 2 <= width) {
      lines[lines.length - 1] = last === "" ? item : `${last}, ${item}`;
    } else {
      lines[lines.length - 1] += ",";
      lines.push(item);
    }
  }
  return lines.join(`\n${" ".repeat(indent)}`);
}

/** The exported state marks secrets; their values are JSON. */
const revealed = (value) => (value?.plaintext === undefined ? value : JSON.parse(value.plaintext));

const parts = resources.filter(({ parent, custom }) => parent === cluster?.urn && !custom);
const made = resources.filter(({ custom, type }) => custom && !type.startsWith("pulumi:"));
const lines = parts.flatMap(({ type, urn }) => {
  const text = kinds(urn);
  return text === "" ? [] : [`  ${type.split(":").at(-1).padEnd(15)} ${wrapped(text, 18)}`];
});
const title = `${cluster?.outputs?.clusterName ?? "the cluster"}: ${made.length} resources`;
writeFileSync(join(dir, "summary"), [title, "", ...lines, ""].join("\n"));
const { kubeconfig, stateStore } = resources.find(({ type }) => type === "pulumi:pulumi:Stack").outputs;
writeFileSync(join(dir, "kubeconfig"), revealed(kubeconfig));
console.log(revealed(stateStore));
