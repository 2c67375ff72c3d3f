import type { ProviderArgs } from "@pulumi/kubernetes/provider";
import { type Provider, type Rules, secret, unsupported, update } from "../host/rules";
import { Cluster } from "./cluster";
import { kindsForYaml } from "./kinds";
import { anyKind } from "./objects";
import { release } from "./release";

const { version } = require("@pulumi/kubernetes/package.json") as { version: string };

/** clusterIdentifier says whether another kubeconfig is another cluster; as the stand-in replaces nothing on that account, it is taken and not read. */
const config: Rules<ProviderArgs> = {
  kubeconfig: secret(update),
  context: update,
  namespace: update,
  clusterIdentifier: update,
  deleteUnreachable: unsupported,
  enableServerSideApply: update,
  suppressDeprecationWarnings: update,
  suppressHelmHookWarnings: update,
  alwaysRender: unsupported,
  cluster: unsupported,
  enableConfigMapMutable: unsupported,
  enablePatchForce: unsupported,
  enableSecretMutable: unsupported,
  helmReleaseSettings: unsupported,
  kubeClientSettings: unsupported,
  renderYamlToDirectory: unsupported,
  skipUpdateUnreachable: unsupported,
  upsertExistingObjects: unsupported,
};

let cluster: Cluster | undefined;

export const kubernetesProvider: Provider<Cluster> = {
  name: "kubernetes",
  version,
  resources: { "kubernetes:helm.sh/v3:Release": release },
  open: (token) => {
    if (!/^kubernetes:[^:]+:[A-Z]\w*$/.test(token)) throw new Error(`${token} is not the token of a Kubernetes kind`);
    return anyKind;
  },
  kinds: kindsForYaml,
  invokes: {},
  config,
  configure: (settings) => {
    const text = (name: string): string | undefined => {
      const value = settings[name];
      // A kubeconfig in JSON was read as JSON by the host, like every setting that is no plain string.
      return value === undefined ? undefined : typeof value === "string" ? value : `${JSON.stringify(value)}\n`;
    };
    cluster = new Cluster({
      kubeconfig: text("kubeconfig"),
      context: text("context"),
      namespace: text("namespace") ?? "default",
    });
  },
  context: () => {
    if (cluster === undefined) throw new Error("bug: the provider was not configured");
    return cluster;
  },
};
