import { yaml } from "../../encode/yaml";

/** Where kube-scheduler finds its configuration (kops pkg/model/components/kubescheduler/model.go:36). */
const folder = "/var/lib/kube-scheduler";

export const schedulerConfigFile = {
  content: yaml({
    apiVersion: "kubescheduler.config.k8s.io/v1",
    clientConnection: { kubeconfig: `${folder}/kubeconfig` },
    kind: "KubeSchedulerConfiguration",
  }),
  path: `${folder}/config.yaml`,
} as const;
