/** The configuration of encryption in etcd. It is secret: messages do not show it. */
import { isOutput } from "../../schema/input";
import type { ClusterInputs } from "../../schema/types.gen";
import type { Checks } from "../kit/checks";

const kind = /(^|[\s{,])["']?kind["']?\s*:\s*["']?EncryptionConfiguration\b/;

export function checkEncryption({ encryptionConfig }: ClusterInputs, checks: Checks): void {
  if (encryptionConfig === undefined || isOutput(encryptionConfig) || kind.test(encryptionConfig)) return;
  const rule = "must be an EncryptionConfiguration of apiserver.config.k8s.io/v1, in YAML or JSON";
  checks.report.add("encryptionConfig", `not an encryption configuration, got a string; ${rule}`);
}
