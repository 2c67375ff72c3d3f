/** The handler's one container. It is configured by its environment. */
import { env, fieldEnv } from "../objects/containers";
import type { Container } from "../objects/pods";

/** Of the completed spec, by kOps's names. */
export interface HandlerConfig {
  readonly cpuRequest: string;
  readonly deleteSQSMsgIfNodeNotFound: boolean;
  readonly enableOutOfServiceTaint: boolean;
  readonly excludeFromLoadBalancers: boolean;
  readonly managedASGTag: string;
  readonly memoryLimit?: string;
  readonly memoryRequest: string;
  readonly podTerminationGracePeriod: number;
  readonly prometheusEnable: boolean;
  readonly taintNode: boolean;
  readonly version: string;
  readonly webhookTemplate?: string;
  readonly webhookURL?: string;
}

/** kops upup/models/cloudup/resources/addons/node-termination-handler.aws/k8s-1.11.yaml.template:142 */
export function handlerContainer(name: string, image: string, config: HandlerConfig, queueUrl: string): Container {
  const { cpuRequest, memoryLimit, memoryRequest } = config;
  return {
    env: [
      fieldEnv("NODE_NAME", "spec.nodeName"),
      fieldEnv("POD_NAME", "metadata.name"),
      fieldEnv("NAMESPACE", "metadata.namespace"),
      ...Object.entries(settings(config, queueUrl)).map(([key, value]) => env(key, String(value))),
    ],
    image,
    imagePullPolicy: "IfNotPresent",
    livenessProbe: { httpGet: { path: "/healthz", port: 8080 }, initialDelaySeconds: 5, periodSeconds: 5 },
    name,
    ports: [
      { containerPort: 8080, name: "liveness-probe", protocol: "TCP" },
      { containerPort: 9092, name: "metrics", protocol: "TCP" },
    ],
    resources: {
      ...(memoryLimit === undefined ? {} : { limits: { memory: memoryLimit } }),
      requests: { cpu: cpuRequest, memory: memoryRequest },
    },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      runAsGroup: 1000,
      runAsNonRoot: true,
      runAsUser: 1000,
    },
  };
}

/** In kOps's order. */
function settings(config: HandlerConfig, queueUrl: string): Readonly<Record<string, string | number | boolean>> {
  const { webhookTemplate, webhookURL } = config;
  return {
    ENABLE_PROBES_SERVER: true,
    PROBES_SERVER_PORT: 8080,
    PROBES_SERVER_ENDPOINT: "/healthz",
    LOG_LEVEL: "info",
    JSON_LOGGING: true,
    LOG_FORMAT_VERSION: 2,
    ENABLE_PROMETHEUS_SERVER: config.prometheusEnable,
    PROMETHEUS_SERVER_PORT: 9092,
    CHECK_TAG_BEFORE_DRAINING: true,
    MANAGED_TAG: config.managedASGTag,
    USE_PROVIDER_ID: true,
    DRY_RUN: false,
    CORDON_ONLY: false,
    TAINT_NODE: config.taintNode,
    ENABLE_OUT_OF_SERVICE_TAINT: config.enableOutOfServiceTaint,
    EXCLUDE_FROM_LOAD_BALANCERS: config.excludeFromLoadBalancers,
    DELETE_LOCAL_DATA: true,
    IGNORE_DAEMON_SETS: true,
    POD_TERMINATION_GRACE_PERIOD: config.podTerminationGracePeriod,
    NODE_TERMINATION_GRACE_PERIOD: 120,
    EMIT_KUBERNETES_EVENTS: true,
    COMPLETE_LIFECYCLE_ACTION_DELAY_SECONDS: -1,
    ENABLE_SQS_TERMINATION_DRAINING: true,
    QUEUE_URL: queueUrl,
    DELETE_SQS_MSG_IF_NODE_NOT_FOUND: config.deleteSQSMsgIfNodeNotFound,
    WORKERS: 10,
    HEARTBEAT_INTERVAL: -1,
    HEARTBEAT_UNTIL: -1,
    SQS_MSG_VISIBILITY_TIMEOUT_SEC: 20,
    ...(webhookTemplate === undefined ? {} : { WEBHOOK_TEMPLATE: webhookTemplate }),
    ...(webhookURL === undefined ? {} : { WEBHOOK_URL: webhookURL }),
  };
}
