/** The CSI snapshot controller, with the webhook that checks snapshots. The EBS driver takes them. */
import { ebsDriver } from "../../model/aws";
import type { UnwrappedCluster } from "../../model/cluster";
import { imageOf } from "../../model/containerImages";
import type { AddonFacts, ChannelAddon } from "../addon";
import { definitionsOf } from "../definitions";
import { deployment, object, service, serviceAccount, spreadOut, type KubernetesObject } from "../objects/builders";
import { kubeSystem, mount } from "../objects/containers";
import type { PodSpec } from "../objects/pods";
import { clusterRole, clusterRoleBinding, role, roleBinding, rule, serviceAccountSubject } from "../objects/rbac";
import { hasDefaultSnapshotClass, hasSnapshotController } from "./settings";

const addonName = "snapshot-controller.addons.k8s.io";
const apiGroup = "snapshot.storage.k8s.io";
const name = "snapshot-controller";
const metadata = { name, namespace: kubeSystem };
const subject = serviceAccountSubject(name, kubeSystem);
const leaderElection = `${name}-leaderelection`;
const runner = `${name}-runner`;
const validation = "snapshot-validation";
const validationService = { name: `${validation}-service`, namespace: kubeSystem };
const certificate = `${validation}-secret`;
const certificates = { name: `${validation}-webhook-certs`, path: `/etc/${validation}-webhook/certs` };
const port = 443;

export const snapshotController: ChannelAddon = {
  name: addonName,
  condition: hasSnapshotController,
  needsPki: () => true,
  needs: () => ["addonDefinitions"],
  objects,
};

function objects(cluster: UnwrappedCluster, facts: AddonFacts): readonly KubernetesObject[] {
  return [
    ...definitionsOf(addonName, facts),
    serviceAccount(metadata),
    role({ name: leaderElection, namespace: kubeSystem }, [
      rule("coordination.k8s.io", "leases", "get watch list delete update create"),
    ]),
    clusterRole({ name: runner }, [
      rule("", "persistentvolumes", "get list watch"),
      rule("", "persistentvolumeclaims", "get list watch update"),
      rule("", "events", "list watch create update patch"),
      rule(apiGroup, "volumesnapshotclasses", "get list watch"),
      rule(apiGroup, "volumesnapshotcontents", "create get list watch delete patch"),
      rule(apiGroup, "volumesnapshotcontents/status", "patch"),
      rule(apiGroup, "volumesnapshots", "get list watch update patch"),
      rule(apiGroup, "volumesnapshots/status", "update patch"),
    ]),
    // As in kOps, without a namespace: the API takes that of the binding.
    roleBinding({ name: leaderElection, namespace: kubeSystem }, leaderElection, { kind: "ServiceAccount", name }),
    clusterRoleBinding({ name: `${name}-role` }, runner, subject),
    controller(cluster),
    webhookServer(cluster),
    service(validationService, {
      ports: [{ port, protocol: "TCP", targetPort: port }],
      selector: { app: validation },
    }),
    webhook,
    webhookCertificate(cluster),
    ...(hasDefaultSnapshotClass(cluster) ? [defaultClass] : []),
  ];
}

function controller(cluster: UnwrappedCluster): KubernetesObject {
  const labels = { app: name };
  const spec: PodSpec = {
    containers: [
      {
        args: ["--v=5", "--leader-election=true"],
        image: imageOf(cluster, "snapshotController"),
        imagePullPolicy: "IfNotPresent",
        name,
      },
    ],
    serviceAccountName: name,
    topologySpreadConstraints: spreadOut(labels),
  };
  return deployment(metadata, {
    minReadySeconds: 15,
    replicas: 2,
    selector: { matchLabels: labels },
    strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 1 }, type: "RollingUpdate" },
    template: { metadata: { labels }, spec },
  });
}

function webhookServer(cluster: UnwrappedCluster): KubernetesObject {
  const labels = { app: validation };
  const spec: PodSpec = {
    containers: [
      {
        args: [`--tls-cert-file=${certificates.path}/tls.crt`, `--tls-private-key-file=${certificates.path}/tls.key`],
        image: imageOf(cluster, "snapshotValidation"),
        imagePullPolicy: "IfNotPresent",
        name: validation,
        ports: [{ containerPort: port }],
        volumeMounts: [mount(certificates.name, certificates.path, { readOnly: true })],
      },
    ],
    serviceAccountName: name,
    topologySpreadConstraints: spreadOut(labels),
    volumes: [{ name: certificates.name, secret: { secretName: certificate } }],
  };
  return deployment(
    { name: `${validation}-deployment`, namespace: kubeSystem, labels },
    { replicas: 2, selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
  );
}

/** Lets snapshots through unchecked while it is down. */
const webhook = object(
  "admissionregistration.k8s.io/v1",
  "ValidatingWebhookConfiguration",
  {
    name: `validation-webhook.${apiGroup}`,
    annotations: { "cert-manager.io/inject-ca-from": `${kubeSystem}/${validationService.name}` },
  },
  {
    webhooks: [
      {
        admissionReviewVersions: ["v1", "v1beta1"],
        clientConfig: { service: { ...validationService, path: "/volumesnapshot" } },
        failurePolicy: "Ignore",
        name: `validation-webhook.${apiGroup}`,
        rules: [
          {
            apiGroups: [apiGroup],
            apiVersions: ["v1", "v1beta1"],
            operations: ["CREATE", "UPDATE"],
            resources: ["volumesnapshots", "volumesnapshotcontents"],
            scope: "*",
          },
        ],
        sideEffects: "None",
        timeoutSeconds: 2,
      },
    ],
  },
);

function webhookCertificate(cluster: UnwrappedCluster): KubernetesObject {
  const host = `${validationService.name}.${kubeSystem}.svc`;
  return object("cert-manager.io/v1", "Certificate", validationService, {
    spec: {
      dnsNames: [host, `${host}.${cluster.name}`],
      issuerRef: { kind: "Issuer", name: addonName },
      secretName: certificate,
    },
  });
}

/** kOps's name for it; the driver is that of EBS. */
const defaultClass = object(
  `${apiGroup}/v1`,
  "VolumeSnapshotClass",
  { name: "csi-hostpath-snapclass", annotations: { "snapshot.storage.kubernetes.io/is-default-class": "true" } },
  { deletionPolicy: "Delete", driver: ebsDriver },
);
