/** The webhook through which every pod of a running cluster is created. */
import type { Stop } from "../effects";

export const podIdentityPath = "clusterSpec.podIdentityWebhook";

/** Recorded only where it is on. */
export const podIdentityAdded: Stop = {
  effect: "needs acknowledgement",
  when: "if switched on",
  find: (old, next) =>
    old.isEmpty || old.value(podIdentityPath) !== undefined || next.value(podIdentityPath) === undefined
      ? []
      : [
          {
            path: podIdentityPath,
            change: "off to on",
            why: "no pod can be created, except those of kOps and Karpenter, until cert-manager, which you install, has issued the webhook's certificate",
          },
        ],
};
