/** Addons that get in the way of what a running cluster does until they work, or of what its owner installed. */
import type { Stop } from "../effects";

export const podIdentityPath = "clusterSpec.podIdentityWebhook";
export const certManagerPath = "clusterSpec.certManager";

/** Pods are created through it. */
export const podIdentityAdded = switchedOn(
  podIdentityPath,
  "no pod can be created, except those of kOps and Karpenter, until cert-manager has issued the webhook's certificate",
);

/** Recorded where kOps installs it. */
export const certManagerAdded = switchedOn(
  certManagerPath,
  "kOps installs cert-manager into kube-system; if you installed one yourself, two of them work on the same certificates, and the definitions become kOps's version",
);

export const loadBalancerControllerPath = "clusterSpec.awsLoadBalancerController";

/** Services are created through it. */
export const loadBalancerControllerAdded = switchedOn(
  loadBalancerControllerPath,
  "no Service outside kube-system and no Ingress can be created until the controller runs and cert-manager has issued its certificate; if you installed the controller yourself, two of them work on the same load balancers",
);

/** Of an addon that is recorded only where it is on. */
function switchedOn(path: string, why: string): Stop {
  return {
    effect: "needs acknowledgement",
    when: "if switched on",
    find: (old, next) =>
      old.isEmpty || old.value(path) !== undefined || next.value(path) === undefined
        ? []
        : [{ path, change: "off to on", why }],
  };
}
