/** Keysets: their names, and that each has a key that can sign. What is in certificates and keys is checked elsewhere. */
import type { ResolvedCluster, ResolvedKeyset } from "../../model/cluster";
import { initialKey, isTrusted } from "../../model/keysets";
import { keysetNames, secretNames } from "../../model/runtime";
import { mostTrustedAuthorities } from "../../model/userDataLimit";
import { isOutput } from "../../schema/input";
import type { ClusterInputs, Keyset } from "../../schema/types.gen";
import { fields, type Checks } from "../kit/checks";
import { dnsLabel, pattern, utcTime } from "../kit/formats";
import { show, showList } from "../report/display";
import { below } from "../report/report";

const path = "pki.keysets";
const keyName = dnsLabel("key name");
/** That of a certificate has 20 bytes at most (RFC 5280). */
const keyId = pattern("key id", /^[1-9][0-9]{0,48}$/, "a whole number in decimal, of at most 49 digits");

export function checkPki(cluster: ResolvedCluster, { pki }: ClusterInputs, checks: Checks): void {
  for (const [name, declared, keysetPath] of fields(path, pki?.keysets)) {
    const known = keysetNames.find((each) => each === name);
    if (known === undefined) {
      checks.oneOf(keysetPath, name, keysetNames, "unknown keyset");
      continue;
    }
    checkKeys(`${keysetPath}.keys`, declared.keys, checks);
    checkPrimary(keysetPath, declared, cluster.keysets[known], checks);
  }
  checkTokens(pki?.tokens, checks);
  checks.fewerThan(
    `${path}.kubernetes-ca.keys`,
    trustedAuthorities(cluster),
    mostTrustedAuthorities,
    "trusted keys",
    "because the user data of nodes holds their certificates",
  );
}

/** Whose certificates are in the user data of worker nodes. */
export function trustedAuthorities({ keysets }: ResolvedCluster): number {
  return keysets["kubernetes-ca"].keys.filter(isTrusted).length;
}

function checkTokens(tokens: NonNullable<ClusterInputs["pki"]>["tokens"], checks: Checks): void {
  if (isOutput(tokens)) return;
  for (const name of Object.keys(tokens ?? {})) {
    checks.oneOf(below("pki.tokens", name), name, secretNames, "unknown token");
  }
}

function checkKeys(keysPath: string, keys: Keyset["keys"], checks: Checks): void {
  checks.unique(
    fields(keysPath, keys).flatMap(([, { id }, keyPath]) => (id === undefined ? [] : [[id, `${keyPath}.id`]])),
  );
  if (keys !== undefined && Object.keys(keys).length === 0) {
    checks.report.add(keysPath, `must not be empty; list at least one key, or omit it`);
  }
  for (const [name, key, keyPath] of fields(keysPath, keys)) {
    checks.matches(keyPath, name, keyName);
    checks.matches(`${keyPath}.distrustTimestamp`, key.distrustTimestamp, utcTime);
    checks.matches(`${keyPath}.id`, key.id, keyId);
    if (key.id !== undefined && key.certificate === undefined) {
      checks.report.add(`${keyPath}.certificate`, "required when id is set; must be the certificate of that key");
    }
    // Never shown.
    if (key.privateKey !== undefined && key.certificate === undefined) {
      checks.report.add(
        `${keyPath}.certificate`,
        "required when privateKey is set; must be the certificate of that key",
      );
    }
  }
}

function checkPrimary(keysetPath: string, declared: Keyset, { primary, keys }: ResolvedKeyset, checks: Checks): void {
  const primaryPath = `${keysetPath}.primary`;
  if (!checks.report.isSound(`${keysetPath}.keys`)) return;
  const key = keys.find(({ name }) => name === primary);
  const others = showList(keys.filter((each) => isTrusted(each) && each.hasPrivateKey).map(({ name }) => name));
  if (key === undefined) {
    if (declared.primary === undefined) {
      const reason = `required when there is no key ${show(initialKey)}; must be one of ${others}`;
      checks.report.add(primaryPath, reason);
    } else {
      checks.problem(primaryPath, "unknown key", primary, `must be one of ${others}`);
    }
    return;
  }
  if (!isTrusted(key)) {
    checks.problem(primaryPath, "distrusted key", primary, "must be a key without distrustTimestamp");
  }
  if (!key.hasPrivateKey) {
    checks.report.add(
      `${keysetPath}.keys.${primary}.privateKey`,
      "required for the primary key; must be its private key",
    );
  }
}
