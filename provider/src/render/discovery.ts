/** The discovery store: what AWS reads to verify service-account tokens. */
import { sha256 } from "../encode/hash";
import { json } from "../encode/json";
import { compareCodeUnits } from "../encode/natural";
import { pemBytes, rsaPublicKey } from "../encode/pem";
import { artifact, type Artifact } from "./artifact";
import { trustedKeys } from "../model/keysets";
import { issuerUrl, jwksUrl } from "../model/locations";
import type { Keyset } from "../model/runtime";

export function discoveryArtifacts(): readonly Artifact[] {
  return [
    artifact({
      store: "discovery",
      path: ".well-known/openid-configuration",
      contentType: "application/json",
      needs: ["discoveryStore"],
      render: (cluster, facts) => openIdConfiguration(issuerUrl(cluster, facts.discoveryStore)),
    }),
    artifact({
      store: "discovery",
      path: "openid/v1/jwks",
      contentType: "application/json",
      needs: ["keysets"],
      render: (_cluster, facts) => keySet(facts.keysets["service-account"]),
    }),
  ];
}

/** kops pkg/model/issuerdiscovery.go:154 */
function openIdConfiguration(issuer: string): string {
  const document = {
    issuer,
    jwks_uri: jwksUrl(issuer),
    authorization_endpoint: "urn:kubernetes:programmatic_authorization",
    response_types_supported: ["id_token"],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ["RS256"],
    claims_supported: ["sub", "iss"],
  };
  return json(document, 0);
}

/** Sorted by the keys' own ids (issuerdiscovery.go:207). */
function keySet(keyset: Keyset): string {
  const keys = trustedKeys(keyset).map(({ publicKey }) => jsonWebKey(publicKey));
  return json({ keys: keys.sort((left, right) => compareCodeUnits(left.kid, right.kid)) }, 0);
}

/** The key's id is the hash of its SubjectPublicKeyInfo (issuerdiscovery.go:195). */
function jsonWebKey(publicKey: string) {
  const spki = pemBytes(publicKey);
  const { modulus, exponent } = rsaPublicKey(spki);
  return {
    use: "sig",
    kty: "RSA",
    kid: sha256(spki, "base64url"),
    alg: "RS256",
    n: base64Url(modulus),
    e: base64Url(exponent),
  };
}

function base64Url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64url");
}
