/** What prepares a node before the agent starts: mounts, kernel settings, old state, the CNI binaries. */
import type { UnwrappedCluster } from "../../model/cluster";
import { env, mount, optionalConfigEnv } from "../objects/containers";
import type { Container } from "../objects/pods";
import { apiServer, configName, podIdentity } from "./names";
import { ciliumImage } from "./settings";

/** Fields of every container of the agent. */
export const common = {
  imagePullPolicy: "IfNotPresent",
  terminationMessagePolicy: "FallbackToLogsOnError",
} as const;

export const seLinuxOptions = { level: "s0", type: "spc_t" } as const;

type InitContainer = Omit<Container, "image" | keyof typeof common>;

export function initContainers(cluster: UnwrappedCluster): readonly Container[] {
  const steps = [buildConfig(cluster), mountCgroup, overwriteSysctl, mountBpf, cleanState(cluster), installBinaries];
  return steps.map((step) => ({ ...common, ...step, image: ciliumImage(cluster, "cilium") }));
}

function buildConfig(cluster: UnwrappedCluster): InitContainer {
  return {
    command: ["cilium-dbg", "build-config"],
    env: [...podIdentity, ...apiServer(cluster)],
    name: "config",
    volumeMounts: [mount("tmp", "/tmp")],
  };
}

const binaries = env("BIN_PATH", "/opt/cni/bin");
const hostTools = {
  securityContext: {
    capabilities: { add: ["SYS_ADMIN", "SYS_CHROOT", "SYS_PTRACE"], drop: ["ALL"] },
    seLinuxOptions,
  },
  volumeMounts: [mount("hostproc", "/hostproc"), mount("cni-path", "/hostbin")],
};

/** Runs one of the image's programs in namespaces of the host: copied there, run, removed. */
function onHost(program: string, namespaces: string, argument: string): readonly string[] {
  const lines = [
    `cp /usr/bin/${program} /hostbin/${program};`,
    `nsenter ${namespaces} "\${BIN_PATH}/${program}"${argument};`,
    `rm /hostbin/${program}`,
  ];
  return ["sh", "-ec", lines.map((line) => `${line}\n`).join("")];
}

const mountNamespace = "--mount=/hostproc/1/ns/mnt";

const mountCgroup: InitContainer = {
  ...hostTools,
  command: onHost("cilium-mount", `--cgroup=/hostproc/1/ns/cgroup ${mountNamespace}`, " $CGROUP_ROOT"),
  env: [env("CGROUP_ROOT", "/run/cilium/cgroupv2"), binaries],
  name: "mount-cgroup",
};

const overwriteSysctl: InitContainer = {
  ...hostTools,
  command: onHost("cilium-sysctlfix", mountNamespace, ""),
  env: [binaries],
  name: "apply-sysctl-overwrites",
};

const bpf = "/sys/fs/bpf";
const mountBpf: InitContainer = {
  args: [`mount | grep "${bpf} type bpf" || mount -t bpf bpf ${bpf}`],
  command: ["/bin/bash", "-c", "--"],
  name: "mount-bpf-fs",
  securityContext: { privileged: true },
  volumeMounts: [mount("bpf-maps", bpf, { mountPropagation: "Bidirectional" })],
};

function cleanState(cluster: UnwrappedCluster): InitContainer {
  return {
    command: ["/init-container.sh"],
    env: [
      optionalConfigEnv("CILIUM_ALL_STATE", configName, "clean-cilium-state"),
      optionalConfigEnv("CILIUM_BPF_STATE", configName, "clean-cilium-bpf-state"),
      optionalConfigEnv("WRITE_CNI_CONF_WHEN_READY", configName, "write-cni-conf-when-ready"),
      ...apiServer(cluster),
    ],
    name: "clean-cilium-state",
    securityContext: {
      capabilities: { add: ["NET_ADMIN", "SYS_MODULE", "SYS_ADMIN", "SYS_RESOURCE"], drop: ["ALL"] },
      seLinuxOptions,
    },
    volumeMounts: [
      mount("bpf-maps", bpf),
      mount("cilium-cgroup", "/run/cilium/cgroupv2", { mountPropagation: "HostToContainer" }),
      mount("cilium-run", "/var/run/cilium"),
    ],
  };
}

const installBinaries: InitContainer = {
  command: ["/install-plugin.sh"],
  name: "install-cni-binaries",
  resources: { requests: { cpu: "100m", memory: "10Mi" } },
  securityContext: { capabilities: { drop: ["ALL"] }, seLinuxOptions },
  volumeMounts: [mount("cni-path", "/host/opt/cni/bin")],
};
