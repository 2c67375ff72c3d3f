import { expect } from "chai";
import { chartValues } from "../../../../provider/src/addons/karpenter/chartValues";
import type { Karpenter } from "../../../../provider/src/schema/types.gen";
import { sampleCluster } from "../../render/sample";

// Helm values have no types.
type Values = Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any

const roleArn = "arn:aws:iam::123456789012:role/karpenter";

function values(karpenter: Karpenter = {}, queue: string | undefined = "c-example-com-krp"): Values {
  return chartValues(sampleCluster({ karpenter }), { roleArn, interruptionQueueName: queue });
}

describe("values of Karpenter's chart", () => {
  it("are for a cluster that is not EKS, reached by its own name", () => {
    expect(values()["settings"]).to.deep.equal({
      clusterName: "c.example.com",
      clusterEndpoint: "https://api.internal.c.example.com",
      eksControlPlane: false,
      interruptionQueue: "c-example-com-krp",
      featureGates: {},
    });
    expect(values()["dnsPolicy"]).to.equal("Default");
  });

  it("name no queue without interruption handling", () => {
    const made = chartValues(sampleCluster(), { roleArn, interruptionQueueName: undefined });
    expect(made["settings"]).not.to.have.property("interruptionQueue");
  });

  it("let its pods past the webhook for pods, where there is one", () => {
    const clusterSpec = { podIdentityWebhook: { enabled: true } };
    const made = chartValues(sampleCluster({ clusterSpec }), { roleArn, interruptionQueueName: undefined });
    expect(made["podLabels"]).to.deep.equal({ "kops.k8s.io/managed-by": "kops" });
    expect(values()).not.to.have.property("podLabels");
  });

  it("give the controller its role by a token of its own", () => {
    const { controller, extraVolumes } = values();
    expect(controller.env).to.deep.equal([
      { name: "AWS_REGION", value: "us-east-1" },
      { name: "AWS_ROLE_ARN", value: roleArn },
      { name: "AWS_WEB_IDENTITY_TOKEN_FILE", value: "/var/run/secrets/amazonaws.com/token" },
    ]);
    expect(controller.extraVolumeMounts[0].name).to.equal(extraVolumes[0].name);
    expect(extraVolumes[0].projected.sources[0].serviceAccountToken.audience).to.equal("amazonaws.com");
  });

  it("put it on control-plane nodes, never on nodes of its own", () => {
    const { affinity, tolerations } = values();
    const [term] = affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms;
    expect(term.matchExpressions).to.deep.equal([
      { key: "karpenter.sh/nodepool", operator: "DoesNotExist" },
      { key: "node-role.kubernetes.io/control-plane", operator: "Exists" },
    ]);
    expect(tolerations.map(({ key }: { readonly key: string }) => key)).to.include(
      "node-role.kubernetes.io/control-plane",
    );
  });

  it("size it by the control plane, or as the user says", () => {
    expect(values()["replicas"]).to.equal(1);
    const zones = ["us-east-1a", "us-east-1b", "us-east-1c"];
    const three = sampleCluster({ zones, controlPlane: { zones } });
    expect(chartValues(three, { roleArn, interruptionQueueName: undefined })["replicas"]).to.equal(2);
    expect(values({ replicas: 3 })["replicas"]).to.equal(3);
    expect(values()["controller"].resources).to.deep.equal({
      requests: { cpu: "500m", memory: "1Gi" },
      limits: { memory: "1Gi" },
    });
  });

  it("spell feature gates as the chart does, with static capacity where a pool is static", () => {
    const cluster = sampleCluster({
      karpenter: { featureGates: { SpotToSpotConsolidation: true } },
      nodeGroups: { fixed: { minSize: 1 } },
    });
    const made: Values = chartValues(cluster, { roleArn, interruptionQueueName: undefined });
    expect(made["settings"].featureGates).to.deep.equal({ spotToSpotConsolidation: true, staticCapacity: true });
  });

  it("let the user's values win: maps are merged, lists and scalars replaced, the user's own inputs untouched", () => {
    const own = {
      logLevel: "debug",
      podAnnotations: { a: "b" },
      settings: { batchMaxDuration: "5s" },
      tolerations: [],
    };
    const frozen = JSON.stringify(own);
    const made = values({ values: own });
    expect(made).to.deep.include({ logLevel: "debug", podAnnotations: { a: "b" }, tolerations: [] });
    expect(made["settings"]).to.include({
      clusterName: "c.example.com",
      batchMaxDuration: "5s",
      eksControlPlane: false,
    });
    expect(JSON.stringify(own)).to.equal(frozen);
  });

  it("keep what the controller needs where the user adds to its lists; an entry of the same name is the user's", () => {
    const { controller, extraVolumes } = values({
      values: {
        controller: {
          env: [
            { name: "HTTPS_PROXY", value: "http://proxy" },
            { name: "AWS_REGION", value: "us-east-2" },
          ],
          extraVolumeMounts: [{ name: "more", mountPath: "/more" }],
        },
        extraVolumes: [{ name: "more", emptyDir: {} }],
      },
    });
    const names = (list: readonly { readonly name: string }[]): readonly string[] => list.map(({ name }) => name);
    expect(names(controller.env)).to.deep.equal([
      "AWS_ROLE_ARN",
      "AWS_WEB_IDENTITY_TOKEN_FILE",
      "HTTPS_PROXY",
      "AWS_REGION",
    ]);
    expect(names(extraVolumes)).to.have.length(2).and.to.include("more");
    expect(names(controller.extraVolumeMounts)).to.deep.equal(names(extraVolumes));
  });
});
