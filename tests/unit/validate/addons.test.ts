/** Addons that are switched on in kOps's own terms. */
import { expect } from "chai";
import { describeBadInputs, output, problemsOf } from "./badInputs";

const needsCertManager =
  "needs cert-manager, which the cluster has not; set clusterSpec.certManager.enabled to true, and managed to false if you install cert-manager yourself";

const policy = "arn:aws:iam::aws:policy/ReadOnlyAccess";

describeBadInputs("checks of addons", [
  {
    name: "fewer webhooks for pods than none, and settings of cert-manager that kOps does not have",
    input: {
      clusterSpec: {
        podIdentityWebhook: { enabled: true, replicas: -1 },
        certManager: {
          enabled: output(true),
          image: "cert-manager:latest",
          hostedZoneIDs: ["/hostedzone/Z0123456789", "Z0123456789", "Z0123456789"],
        },
      },
    },
    problems: [
      'clusterSpec.certManager.image: not available here, got "cert-manager:latest"; kOps ignores it',
      "clusterSpec.certManager.enabled: must be a plain value, not an output",
      'clusterSpec.certManager.hostedZoneIDs[0]: invalid hosted zone id, got "/hostedzone/Z0123456789"; must be the id alone, such as Z0123456789ABCDEFGHIJ',
      'clusterSpec.certManager.hostedZoneIDs[2]: duplicate value "Z0123456789"; first used at clusterSpec.certManager.hostedZoneIDs[1]',
      "clusterSpec.podIdentityWebhook.replicas: out of range, got -1; must be at least 0",
      `clusterSpec.podIdentityWebhook.enabled: ${needsCertManager}`,
    ],
  },
  {
    name: "addons that need cert-manager in a cluster that has none",
    input: {
      cilium: { hubble: {} },
      clusterSpec: {
        certManager: { enabled: false },
        awsLoadBalancerController: { enabled: true, enableShield: output(true) },
        metricsServer: { enabled: true },
        podIdentityWebhook: { enabled: true },
        snapshotController: { enabled: true },
      },
    },
    problems: [
      "clusterSpec.awsLoadBalancerController.enableShield: must be a plain value, not an output",
      `clusterSpec.awsLoadBalancerController.enabled: ${needsCertManager}`,
      `clusterSpec.metricsServer.insecure: ${needsCertManager}`,
      `clusterSpec.snapshotController.enabled: ${needsCertManager}`,
      `clusterSpec.podIdentityWebhook.enabled: ${needsCertManager}`,
      `cilium.hubble.enabled: ${needsCertManager}`,
    ],
  },
  {
    name: "a role for the account of kOps's cert-manager",
    input: {
      clusterSpec: { certManager: { enabled: true, hostedZoneIDs: ["Z0123456789"] } },
      serviceAccountRoles: [{ namespace: "kube-system", name: "cert-manager", policyArns: [policy] }],
    },
    problems: [
      'serviceAccountRoles[0]: service account of the cluster itself, got "kube-system/cert-manager"; must be one of your workloads',
    ],
  },
]);

describe("addons", () => {
  it("leave the account of a cert-manager that the user installs to the user", () => {
    const serviceAccountRoles = [{ namespace: "kube-system", name: "cert-manager", policyArns: [policy] }];
    for (const certManager of [undefined, { enabled: true }, { enabled: true, managed: false }]) {
      const clusterSpec = certManager === undefined ? {} : { certManager };
      expect(problemsOf({ clusterSpec, serviceAccountRoles })).to.deep.equal([]);
    }
  });

  it("may have hosted zones that are outputs", () => {
    const certManager = { enabled: true, hostedZoneIDs: [output("Z0123456789")] };
    expect(problemsOf({ clusterSpec: { certManager } })).to.deep.equal([]);
  });
});
