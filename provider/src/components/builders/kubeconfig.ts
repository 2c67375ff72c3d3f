import * as pulumi from "@pulumi/pulumi";
import { dnsNames } from "../../model/names";

export interface KubeconfigFacts {
  readonly clusterName: string;
  readonly server: pulumi.Input<string>;
  readonly certificateAuthority: pulumi.Input<string>;
  readonly certificate: pulumi.Input<string>;
  readonly privateKey: pulumi.Input<string>;
}

/** The administrator's kubeconfig, as kOps pkg/kubeconfig/create_kubecfg.go fills it in. */
export function adminKubeconfig(facts: KubeconfigFacts): pulumi.Output<string> {
  const content = pulumi.all([facts.server, facts.certificateAuthority, facts.certificate, facts.privateKey]);
  return pulumi.secret(
    content.apply(([server, certificateAuthority, certificate, privateKey]) => {
      const name = facts.clusterName;
      const config = {
        apiVersion: "v1",
        kind: "Config",
        clusters: [
          {
            name,
            cluster: {
              server,
              // The load balancer's own name may be missing from the serving certificate; this one is always in it.
              "tls-server-name": dnsNames(name).apiInternal,
              "certificate-authority-data": base64(certificateAuthority),
            },
          },
        ],
        users: [
          {
            name,
            user: { "client-certificate-data": base64(certificate), "client-key-data": base64(privateKey) },
          },
        ],
        contexts: [{ name, context: { cluster: name, user: name } }],
        "current-context": name,
      };
      // JSON is YAML: every reader of kubeconfig files takes it, and it needs no emitter of ours.
      return `${JSON.stringify(config, undefined, 2)}\n`;
    }),
  );
}

/**
 * For users: what they create with it waits for all resources of the component, and on destroy is deleted before any of
 * them.
 */
export function availableAfter(
  kubeconfig: pulumi.Output<string>,
  component: pulumi.ComponentResource,
): pulumi.Output<string> {
  return pulumi.all([kubeconfig, component.urn]).apply(([text]) => text);
}

function base64(text: string): string {
  return Buffer.from(text, "utf8").toString("base64");
}
