/** The containers of the driver's controller: the plugin, a sidecar per kind of work, and a probe. */
import type { UnwrappedCluster } from "../../model/cluster";
import { imageOf } from "../../model/containerImages";
import { tagsFlag } from "../clusterValues";
import { hasSnapshotController } from "../snapshot-controller/settings";
import { env, mount, optionalConfigEnv, optionalSecretEnv } from "../objects/containers";
import type { Container, ContainerPort, ContainerSecurityContext, EnvVar } from "../objects/pods";
import { common, healthProbe, livenessProbe, pluginEnvironment, unprivileged } from "./containerParts";

const socketDirectory = "/var/lib/csi/sockets/pluginproxy/";
const socket = `${socketDirectory}csi.sock`;
const socketMount = mount("socket-dir", socketDirectory);
const securityContext: ContainerSecurityContext = { ...unprivileged, seccompProfile: { type: "RuntimeDefault" } };
const volumeAttributesFallback = env("ENABLE_VAC_FALLBACK", "true");

export function controllerContainers(cluster: UnwrappedCluster): readonly Container[] {
  return [
    plugin(cluster),
    provisioner(cluster),
    attacher(cluster),
    ...(hasSnapshotController(cluster) ? [snapshotter(cluster)] : []),
    resizer(cluster),
    livenessProbe(cluster, "socket-dir", {
      flags: ["--probe-timeout=60s", `--metrics-address=0.0.0.0:${portsOf(cluster).livenessProbe}`],
      ports: [metrics("metrics-lp", portsOf(cluster).livenessProbe)],
    }),
  ];
}

const portsOf = ({ release }: UnwrappedCluster) => release.addons.ebsCsi.metricsPorts;

function metrics(name: string, containerPort: number): ContainerPort {
  return { containerPort, name, protocol: "TCP" };
}

function plugin(cluster: UnwrappedCluster): Container {
  const probe = { initialDelaySeconds: 10, periodSeconds: 10, timeoutSeconds: 60 };
  return {
    ...common,
    args: [
      "controller",
      "--endpoint=$(CSI_ENDPOINT)",
      `--k8s-tag-cluster-id=${cluster.name}`,
      `--extra-tags=${tagsFlag(cluster)}`,
      `--http-endpoint=0.0.0.0:${portsOf(cluster).controller}`,
      "--batching=true",
      "--logging-format=text",
      "--v=5",
    ],
    env: [
      ...pluginEnvironment(cluster.region, `//${socket}`),
      optionalSecretEnv("AWS_ACCESS_KEY_ID", "aws-secret", "key_id"),
      optionalSecretEnv("AWS_SECRET_ACCESS_KEY", "aws-secret", "access_key"),
      optionalConfigEnv("AWS_EC2_ENDPOINT", "aws-meta", "endpoint"),
      optionalConfigEnv("AWS_SAGEMAKER_ENDPOINT", "aws-meta", "sagemaker_endpoint"),
    ],
    image: imageOf(cluster, "ebsCsiDriver"),
    livenessProbe: healthProbe({ ...probe, failureThreshold: 10 }),
    name: "ebs-plugin",
    ports: [
      metrics("healthz", cluster.release.addons.ebsCsi.healthPort),
      metrics("metrics", portsOf(cluster).controller),
    ],
    readinessProbe: healthProbe({ ...probe, failureThreshold: 5 }),
    securityContext,
    volumeMounts: [socketMount],
  };
}

function sidecar(fields: Pick<Container, "name" | "image" | "args" | "ports">, extra: readonly EnvVar[]): Container {
  return {
    ...common,
    ...fields,
    env: [env("ADDRESS", socket), ...extra],
    securityContext,
    volumeMounts: [socketMount],
  };
}

const address = "--csi-address=$(ADDRESS)";
const elected = "--leader-election=true";
const rate = ["--kube-api-qps=20", "--kube-api-burst=100"];

function provisioner(cluster: UnwrappedCluster): Container {
  return sidecar(
    {
      name: "csi-provisioner",
      image: imageOf(cluster, "csiProvisioner"),
      args: [
        "--timeout=60s",
        address,
        "--v=5",
        "--feature-gates=Topology=true",
        "--extra-create-metadata",
        elected,
        "--default-fstype=ext4",
        ...rate,
        "--worker-threads=100",
        "--retry-interval-max=30m",
        "--feature-gates=VolumeAttributesClass=false",
        `--http-endpoint=0.0.0.0:${portsOf(cluster).provisioner}`,
      ],
      ports: [metrics("metrics-prov", portsOf(cluster).provisioner)],
    },
    [volumeAttributesFallback],
  );
}

function attacher(cluster: UnwrappedCluster): Container {
  return sidecar(
    {
      name: "csi-attacher",
      image: imageOf(cluster, "csiAttacher"),
      args: [
        "--timeout=6m",
        address,
        "--v=5",
        elected,
        ...rate,
        "--worker-threads=100",
        "--retry-interval-max=5m",
        "--feature-gates=MutableCSINodeAllocatableCount=true",
        `--http-endpoint=0.0.0.0:${portsOf(cluster).attacher}`,
      ],
      ports: [metrics("metrics-attach", portsOf(cluster).attacher)],
    },
    [],
  );
}

function snapshotter(cluster: UnwrappedCluster): Container {
  return sidecar(
    {
      name: "csi-snapshotter",
      image: imageOf(cluster, "csiSnapshotter"),
      args: [
        address,
        elected,
        "--v=5",
        "--extra-create-metadata",
        ...rate,
        "--worker-threads=100",
        "--retry-interval-max=30m",
        `--http-endpoint=0.0.0.0:${portsOf(cluster).snapshotter}`,
      ],
      ports: [metrics("metrics-snap", portsOf(cluster).snapshotter)],
    },
    [],
  );
}

function resizer(cluster: UnwrappedCluster): Container {
  return sidecar(
    {
      name: "csi-resizer",
      image: imageOf(cluster, "csiResizer"),
      args: [
        "--timeout=60s",
        "--extra-modify-metadata",
        address,
        "--v=5",
        "--handle-volume-inuse-error=false",
        elected,
        ...rate,
        "--workers=100",
        "--retry-interval-max=30m",
        "--feature-gates=VolumeAttributesClass=false",
        `--http-endpoint=0.0.0.0:${portsOf(cluster).resizer}`,
      ],
      ports: [metrics("metrics-resizer", portsOf(cluster).resizer)],
    },
    [volumeAttributesFallback],
  );
}
