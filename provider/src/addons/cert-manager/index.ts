/** cert-manager: issues certificates to workloads, and to the webhooks of other addons. */
import type { ResolvedCluster, UnwrappedCluster } from "../../model/cluster";
import type { AddonFacts, ChannelAddon } from "../addon";
import { definitionsOf } from "../definitions";
import { object, type KubernetesObject } from "../objects/builders";
import { kubeSystem } from "../objects/containers";
import { withServiceAccountRole } from "../serviceAccountRole";
import { account, acmeGroup, apiGroup, clusterScoped, webhook } from "./names";
import { answersDnsChallenges, certManagerPolicy, zonesOf } from "./policy";
import { accounts, clusterPermissions, localPermissions, webhookAuthority } from "./rbac";
import { hasCertManager } from "./settings";
import { services, workloads } from "./workloads";

const addonName = "certmanager.io";

export const certManager: ChannelAddon = {
  name: addonName,
  condition: hasCertManager,
  selector: "none",
  prunes: true,
  needs: (cluster: ResolvedCluster) => [
    "addonDefinitions",
    ...(answersDnsChallenges(cluster) ? (["accountId"] as const) : []),
  ],
  objects,
  serviceAccount: { ...account, condition: answersDnsChallenges, policy: certManagerPolicy },
};

function objects(cluster: UnwrappedCluster, facts: AddonFacts): readonly KubernetesObject[] {
  return [
    ...accounts(cluster),
    ...definitionsOf(addonName, facts),
    ...clusterPermissions(cluster),
    ...localPermissions(cluster),
    ...services(cluster),
    ...workloads(cluster, (spec) =>
      zonesOf(cluster).length === 0 ? spec : withServiceAccountRole(spec, account, cluster, facts),
    ),
    admission(cluster, "MutatingWebhookConfiguration", {
      path: "/mutate",
      rules: [{ ...rule, apiGroups: [apiGroup], operations: ["CREATE"], resources: ["certificaterequests"] }],
    }),
    admission(cluster, "ValidatingWebhookConfiguration", {
      namespaceSelector: {
        matchExpressions: [{ key: "cert-manager.io/disable-validation", operator: "NotIn", values: ["true"] }],
      },
      path: "/validate",
      rules: [{ ...rule, apiGroups: [apiGroup, acmeGroup], operations: ["CREATE", "UPDATE"], resources: ["*/*"] }],
    }),
  ];
}

const rule = { apiVersions: ["v1"] };

/** It fails closed, for cert-manager's own objects only. */
function admission(
  cluster: UnwrappedCluster,
  kind: string,
  {
    path,
    ...fields
  }: { readonly path: string; readonly rules: readonly object[]; readonly namespaceSelector?: object },
): KubernetesObject {
  const annotations = { "cert-manager.io/inject-ca-from-secret": `${kubeSystem}/${webhookAuthority}` };
  return object(
    "admissionregistration.k8s.io/v1",
    kind,
    { ...clusterScoped(cluster, webhook), annotations },
    {
      webhooks: [
        {
          admissionReviewVersions: ["v1"],
          clientConfig: { service: { name: webhook.name, namespace: kubeSystem, path } },
          failurePolicy: "Fail",
          matchPolicy: "Equivalent",
          name: "webhook.cert-manager.io",
          sideEffects: "None",
          timeoutSeconds: 30,
          ...fields,
        },
      ],
    },
  );
}
