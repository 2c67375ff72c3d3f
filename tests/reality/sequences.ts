/** Programs, one after the other, that say the same under Pulumi's aws plugin and under the stand-in. */
import { CreateHostedZoneCommand, Route53Client } from "@aws-sdk/client-route-53";
import type { ClusterArguments } from "../support/clusterStack";
import { awsSettings, type LocalCloud } from "../support/localCloud";

export interface Step {
  readonly title: string;
  readonly inputs: ClusterArguments;
  /** A preview takes seconds, an update half a minute: only steps that later ones build on are carried out. */
  readonly carryOut?: boolean;
}

export interface Sequence {
  readonly title: string;
  readonly steps: readonly Step[];
}

/** The user's hosted zone, where the clusters have their names. */
export async function makeHostedZone(cloud: LocalCloud): Promise<void> {
  const zone = { Name: "example.com", CallerReference: "example.com" };
  await new Route53Client(awsSettings(cloud)).send(new CreateHostedZoneCommand(zone));
}

const base = { clusterName: "one.example.com", zones: ["us-east-1a"], kubernetesVersion: "1.35.4" };
const changed = { ...base, tags: { team: "platform" }, sshAccess: ["10.0.0.0/8"] };
const zones = ["us-east-1a", "us-east-1b"];
const network = { topology: "private", bastion: {} };
const wide = { clusterName: "two.example.com", zones, network, dns: { type: "public", zone: "example.com" } };
const role = { namespace: "apps", name: "web", policyArns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"] };

export const sequences: readonly Sequence[] = [
  {
    title: "a public cluster in one zone",
    steps: [
      { title: "create", inputs: base, carryOut: true },
      { title: "nothing", inputs: base },
      { title: "tags and SSH access", inputs: changed, carryOut: true },
      { title: "access to the API", inputs: { ...changed, api: { access: ["10.0.0.0/8", "2001:db8::/32"] } } },
      {
        title: "another group",
        inputs: { ...changed, nodeGroups: { nodes: {}, batch: {} }, acknowledge: ["nodeGroups.nodes"] },
      },
      { title: "an upgrade", inputs: { ...changed, kubernetesVersion: "1.35.5" } },
      { title: "another zone", inputs: { ...changed, zones }, carryOut: true },
      { title: "roles for service accounts", inputs: { ...changed, zones, serviceAccountRoles: [role] } },
      {
        title: "no interruption handling",
        inputs: { ...changed, zones, karpenter: { interruptionHandling: false } },
      },
      {
        title: "a larger control plane",
        inputs: { ...changed, zones, controlPlane: { instanceType: "m6i.large", rootVolume: { size: 100 } } },
      },
    ],
  },
  {
    title: "a private cluster with a bastion and public DNS",
    steps: [{ title: "create", inputs: wide }],
  },
];
