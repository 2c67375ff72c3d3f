/** One service per container of the controller, for its metrics. */
import { ebsCsi } from "../../releases/1.36/addons";
import { kubeSystem } from "../objects/containers";
import { service, type KubernetesObject } from "../objects/objects";
import { controller } from "./names";

const { metricsPorts } = ebsCsi;

export function metricsServices(): readonly KubernetesObject[] {
  return [
    metricsService(controller, metricsPorts.controller),
    metricsService(`${controller}-provisioner`, metricsPorts.provisioner),
    metricsService(`${controller}-attacher`, metricsPorts.attacher),
    metricsService(`${controller}-resizer`, metricsPorts.resizer),
    metricsService(`${controller}-liveness-probe`, metricsPorts.livenessProbe),
    metricsService(`${controller}-snapshotter`, metricsPorts.snapshotter),
    metricsService(`${controller}-volumemodifier`, metricsPorts.volumeModifier),
  ];
}

function metricsService(name: string, port: number): KubernetesObject {
  return service(
    {
      name,
      namespace: kubeSystem,
      labels: { app: name },
      annotations: { "prometheus.io/port": String(port), "prometheus.io/scrape": "true" },
    },
    { ports: [{ name: "metrics", port, targetPort: port }], selector: { app: controller }, type: "ClusterIP" },
  );
}
