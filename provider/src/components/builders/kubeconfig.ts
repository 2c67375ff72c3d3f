import * as pulumi from "@pulumi/pulumi";
import type { ResolvedExec } from "../../model/cluster";
import { dnsNames } from "../../model/names";

export interface ClusterAddress {
  readonly clusterName: string;
  readonly server: pulumi.Input<string>;
  readonly certificateAuthority: pulumi.Input<string>;
}

export interface AdminFacts extends ClusterAddress {
  readonly certificate: pulumi.Input<string>;
  readonly privateKey: pulumi.Input<string>;
}

/** The administrator's kubeconfig, as kOps pkg/kubeconfig/create_kubecfg.go fills it in. */
export function adminKubeconfig(facts: AdminFacts): pulumi.Output<string> {
  const content = pulumi.all([facts.server, facts.certificateAuthority, facts.certificate, facts.privateKey]);
  return pulumi.secret(
    content.apply(([server, certificateAuthority, certificate, privateKey]) =>
      kubeconfig(facts.clusterName, server, certificateAuthority, {
        "client-certificate-data": base64(certificate),
        "client-key-data": base64(privateKey),
      }),
    ),
  );
}

/** Holds no credentials: the plugin gets those of whoever uses it. */
export function userKubeconfig(
  { clusterName, server, certificateAuthority }: ClusterAddress,
  { command, args, apiVersion }: ResolvedExec,
): pulumi.Output<string> {
  const exec = { apiVersion, command, args, interactiveMode: "IfAvailable" };
  return pulumi
    .all([server, certificateAuthority])
    .apply(([url, authority]) => kubeconfig(clusterName, url, authority, { exec }));
}

function kubeconfig(name: string, server: string, certificateAuthority: string, user: object): string {
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
    users: [{ name, user }],
    contexts: [{ name, context: { cluster: name, user: name } }],
    "current-context": name,
  };
  // JSON is YAML: every reader of kubeconfig files takes it, and it needs no emitter of ours.
  return `${JSON.stringify(config, undefined, 2)}\n`;
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
