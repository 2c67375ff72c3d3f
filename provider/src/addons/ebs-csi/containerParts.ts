/** What the driver's containers have in common. */
import type { UnwrappedCluster } from "../../model/cluster";
import { imageOf } from "../../model/containerImages";
import { env, fieldEnv, mount } from "../objects/containers";
import type { Container, ContainerSecurityContext, EnvVar, Probe } from "../objects/pods";

export const resources = { limits: { memory: "256Mi" }, requests: { cpu: "10m", memory: "40Mi" } };

export const unprivileged: ContainerSecurityContext = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
};

/** Fields of every container. */
export const common = {
  imagePullPolicy: "IfNotPresent",
  resources,
  terminationMessagePolicy: "FallbackToLogsOnError",
} as const;

export function pluginEnvironment(region: string, socket: string): readonly EnvVar[] {
  return [env("AWS_REGION", region), env("CSI_ENDPOINT", `unix:${socket}`), fieldEnv("CSI_NODE_NAME", "spec.nodeName")];
}

export function healthProbe(timings: Omit<Probe, "httpGet">): Probe {
  return { ...timings, httpGet: { path: "/healthz", port: "healthz" } };
}

export function livenessProbe(
  cluster: UnwrappedCluster,
  socketVolume: string,
  fields: Pick<Container, "ports"> & { readonly flags: readonly string[] },
): Container {
  const { flags, ...rest } = fields;
  return {
    ...common,
    ...rest,
    args: ["--csi-address=/csi/csi.sock", ...flags],
    image: imageOf(cluster, "livenessProbe"),
    name: "liveness-probe",
    securityContext: unprivileged,
    volumeMounts: [mount(socketVolume, "/csi")],
  };
}
