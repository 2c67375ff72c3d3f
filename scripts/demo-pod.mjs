// Creates a pod that fits on no node as soon as Karpenter can launch one, and reports each step until the pod runs.
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { CoreV1Api, CustomObjectsApi, KubeConfig } from "@kubernetes/client-node";

const timeoutSeconds = 120;
const [file] = process.argv.slice(2);
const config = new KubeConfig();
config.loadFromString(readFileSync(file, "utf8"));
const core = config.makeApiClient(CoreV1Api);
const objects = config.makeApiClient(CustomObjectsApi);
const namespace = "default";
const name = "demo";

const karpenter = async (group, plural) =>
  (await objects.listClusterCustomObject({ group, version: "v1", plural })).items;
const holds = ({ status }, type) =>
  status?.conditions?.some((condition) => condition.type === type && condition.status === "True") === true;

const container = { name: "app", image: "registry.k8s.io/pause:3.10.1", resources: { requests: { cpu: "500m" } } };

/** Each step returns its message once it has happened, and nothing before. */
const steps = [
  async () => {
    const ready = (await karpenter("karpenter.k8s.aws", "ec2nodeclasses")).find((each) => holds(each, "Ready"));
    return (
      ready && `node class ${ready.metadata.name} is ready: Karpenter found its images, subnets and security groups`
    );
  },
  async () => {
    // Created only now: an earlier pod would wait until Karpenter looks again, every 10 s.
    await core.createNamespacedPod({ namespace, body: { metadata: { name }, spec: { containers: [container] } } });
    return `pod ${name} is pending: it requests 500m CPU, and no node has room`;
  },
  async () => {
    const [claim] = await karpenter("karpenter.sh", "nodeclaims");
    return claim && `NodeClaim ${claim.metadata.name} from NodePool ${claim.metadata.labels["karpenter.sh/nodepool"]}`;
  },
  async () => {
    const [claim] = (await karpenter("karpenter.sh", "nodeclaims")).filter((each) => holds(each, "Launched"));
    const labels = claim?.metadata.labels ?? {};
    const instance = claim?.status.providerID.split("/").at(-1);
    const kind = `${labels["node.kubernetes.io/instance-type"]}, ${labels["karpenter.sh/capacity-type"]}`;
    return claim && `instance ${instance} (${kind}) boots: user data, then nodeup`;
  },
  async () => {
    const node = (await core.listNode()).items.find(
      (each) => each.metadata.labels["karpenter.sh/nodepool"] !== undefined && holds(each, "Ready"),
    );
    return node && `node ${node.metadata.name} has joined`;
  },
  async () => {
    const pod = await core.readNamespacedPod({ name, namespace });
    return pod.spec.nodeName && `pod ${name} is on ${pod.spec.nodeName}`;
  },
];

const began = Date.now();
let progress = began;
const elapsed = () => ((Date.now() - began) / 1000).toFixed(1).padStart(5);
for (const step of steps) {
  let seen;
  while ((seen = await step()) === undefined || seen === "") {
    if (Date.now() - progress > timeoutSeconds * 1000) {
      console.error(`demo: no progress in ${timeoutSeconds} s; see the instances' logs in the kubeconfig's folder`);
      process.exit(1);
    }
    await sleep(250);
  }
  progress = Date.now();
  console.log(`  ${elapsed()} s  ${seen}`);
}
