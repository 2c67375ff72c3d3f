/** Encryption of objects in etcd that ends. */
import type { Stop } from "../effects";

export const encryptionPath = "encryptionConfig";

const zones = "controlPlane.zones";

/** Instances are replaced one at a time: those that are not yet know no key. */
export const encryptionAdded: Stop = {
  effect: "needs acknowledgement",
  when: "if added to a control plane of several zones",
  find: (old, next) =>
    old.value(encryptionPath) !== undefined || next.value(encryptionPath) === undefined || old.list(zones).length < 2
      ? []
      : [
          {
            path: encryptionPath,
            change: "none to given",
            why: "while instances are replaced one at a time, those without the key cannot read what the others encrypt; in this update, the provider identity must come first",
          },
        ],
};

/** Recorded only where there is one: that it is gone says that it was taken out. */
export const encryptionRemoved: Stop = {
  effect: "needs acknowledgement",
  when: "if taken out",
  find: (old, next) =>
    old.value(encryptionPath) === undefined || next.value(encryptionPath) !== undefined
      ? []
      : [
          {
            path: encryptionPath,
            change: "given to none",
            why: "the API server cannot read what it encrypted; first let the provider identity encrypt, and write every Secret anew",
          },
        ],
};
