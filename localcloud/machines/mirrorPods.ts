import { createHash } from "node:crypto";
import { parse } from "yaml";
import { type Kube, KubeError } from "./kube";
import type { Root } from "./root";
import { staticPodManifests } from "./staticPods";

interface Manifest {
  readonly metadata: { readonly name: string; readonly namespace: string; readonly labels?: object };
  readonly spec: object;
}

/** What a kubelet shows of its static pods in the API: who validates a cluster looks for them there. */
export async function mirrorStaticPods(kube: Kube, root: Root, nodeName: string): Promise<void> {
  for (const text of staticPodManifests(root)) {
    const { metadata, spec } = parse(text) as Manifest;
    const hash = createHash("sha256").update(text).digest("hex").slice(0, 32);
    const pod = {
      apiVersion: "v1",
      kind: "Pod",
      metadata: {
        ...metadata,
        name: `${metadata.name}-${nodeName}`,
        annotations: {
          "kubernetes.io/config.mirror": hash,
          "kubernetes.io/config.hash": hash,
          "kubernetes.io/config.source": "file",
        },
      },
      spec: { ...spec, nodeName, tolerations: [{ effect: "NoExecute", operator: "Exists" }] },
    };
    try {
      await kube.create(`/api/v1/namespaces/${metadata.namespace}/pods`, pod);
    } catch (error) {
      if (!(error instanceof KubeError && error.status === 409)) throw error;
    }
  }
}
