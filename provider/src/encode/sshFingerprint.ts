/** The fingerprint by which kOps names an SSH key (kops pkg/pki/sshkey.go:92). */
import { md5Hex } from "./hash";

/** Of a public key in OpenSSH's one-line form: MD5 of its binary part, as hex pairs with colons. */
export function sshFingerprint(publicKey: string): string {
  const blob = publicKey.trim().split(/\s+/)[1] ?? "";
  return md5Hex(Buffer.from(blob, "base64")).replace(/..(?!$)/g, "$&:");
}
