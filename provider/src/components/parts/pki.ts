import { createHash, X509Certificate } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { LocallySignedCert } from "@pulumi/tls/locallySignedCert";
import { CertRequest } from "@pulumi/tls/certRequest";
import { PrivateKey } from "@pulumi/tls/privateKey";
import { SelfSignedCert } from "@pulumi/tls/selfSignedCert";
import type { Keyset, KeysetKey, KeysetName, RuntimeFacts, SecretName } from "../../model/runtime";
import { keysetNames, secretNames } from "../../model/runtime";
import { named } from "../../model/named";
import { adminKubeconfig, type KubeconfigFacts } from "../builders/kubeconfig";
import type { Pending } from "../renderer";
import { ClusterChild, type ClusterContext } from "./clusterChild";

/** kOps pkg/pki/issue.go: certificates are valid for ten years unless asked otherwise. */
const authorityValidityHours = 10 * 365 * 24;

/** The cluster's certificate authorities, service-account key, tokens and the administrator's certificate. */
export class Pki extends ClusterChild {
  readonly facts: Pick<Pending<RuntimeFacts>, "keysets" | "privateKeys" | "secrets" | "creationTimestamp">;
  readonly certificateAuthority: pulumi.Output<string>;
  private readonly admin: Pick<KubeconfigFacts, "certificate" | "privateKey">;

  constructor(context: ClusterContext) {
    super("pki", context);
    const pairs = keysetNames.map((name) => this.keyPair(name));
    const authority = named(pairs, "kubernetes-ca");
    this.facts = {
      keysets: byName(pairs, ({ certificate }) => certificate.certPem.apply(keysetOf)),
      privateKeys: byName(pairs, privateKeysOf),
      secrets: this.tokens(),
      creationTimestamp: authority.certificate.validityStartTime.apply(toUtcSeconds),
    };
    this.certificateAuthority = authority.certificate.certPem;
    this.admin = this.administrator(authority, context.cluster.kubeconfig.lifetimeHours);
    this.registerOutputs({});
  }

  adminKubeconfig(clusterName: string, server: pulumi.Output<string>): pulumi.Output<string> {
    const { certificateAuthority, admin } = this;
    return adminKubeconfig({ clusterName, server, certificateAuthority, ...admin });
  }

  /** A key and the certificate that it signs for itself. kOps makes one for the service-account key as well. */
  private keyPair(name: KeysetName): KeyPair {
    const key = new PrivateKey(
      this.childName("key", name),
      { algorithm: "RSA", rsaBits: 2048 },
      // A key, once made, outlives any change of what this package would make today: all that it signed depends on it.
      { ...this.irreplaceable, ignoreChanges: ["algorithm", "rsaBits"] },
    );
    const certificate = new SelfSignedCert(
      this.childName("certificate", name),
      {
        privateKeyPem: key.privateKeyPem,
        subject: { commonName: name },
        isCaCertificate: true,
        allowedUses: ["cert_signing", "crl_signing"],
        setSubjectKeyId: true,
        validityPeriodHours: authorityValidityHours,
      },
      {
        ...this.irreplaceable,
        ignoreChanges: ["subject", "isCaCertificate", "allowedUses", "setSubjectKeyId", "validityPeriodHours"],
      },
    );
    return { name, key, certificate };
  }

  /** Random tokens, drawn from one private key: the engine keeps that key, so they stay what they are. */
  private tokens(): pulumi.Output<RuntimeFacts["secrets"]> {
    const seed = new PrivateKey(this.childName("key", "tokens"), { algorithm: "ED25519" }, this.irreplaceable);
    return seed.privateKeyPem.apply((pem) => {
      const entries = secretNames.map((name) => [name, deriveToken(pem, name)] as const);
      return Object.fromEntries(entries) as Record<SecretName, string>;
    });
  }

  private administrator(authority: KeyPair, lifetimeHours: number): Pki["admin"] {
    const key = new PrivateKey(this.childName("key", "admin"), { algorithm: "RSA", rsaBits: 2048 }, this.child);
    const request = new CertRequest(
      this.childName("request", "admin"),
      // kOps pkg/rbac/constants.go: members of this group may do anything.
      { privateKeyPem: key.privateKeyPem, subject: { commonName: "kubecfg", organization: "system:masters" } },
      this.child,
    );
    const certificate = new LocallySignedCert(
      this.childName("certificate", "admin"),
      {
        certRequestPem: request.certRequestPem,
        caCertPem: authority.certificate.certPem,
        caPrivateKeyPem: authority.key.privateKeyPem,
        allowedUses: ["digital_signature", "client_auth"],
        validityPeriodHours: lifetimeHours,
        earlyRenewalHours: Math.floor(lifetimeHours / 5),
      },
      this.child,
    );
    return { certificate: certificate.certPem, privateKey: key.privateKeyPem };
  }
}

interface KeyPair {
  readonly name: KeysetName;
  readonly key: PrivateKey;
  readonly certificate: SelfSignedCert;
}

function byName<T>(
  pairs: readonly KeyPair[],
  pick: (pair: KeyPair) => pulumi.Output<T>,
): pulumi.Output<Record<KeysetName, T>> {
  const entries = pairs.map((pair) => [pair.name, pick(pair)] as const);
  return pulumi.all(Object.fromEntries(entries)) as unknown as pulumi.Output<Record<KeysetName, T>>;
}

function keysetOf(certificate: string): Keyset {
  const key = describeKey(certificate);
  return { primaryId: key.id, keys: [key] };
}

function privateKeysOf({ key, certificate }: KeyPair): pulumi.Output<Record<string, string>> {
  const pems = pulumi.all([certificate.certPem, key.privateKeyPem]);
  return pems.apply(([certPem, privateKeyPem]) => ({ [describeKey(certPem).id]: privateKeyPem }));
}

function describeKey(certificate: string): KeysetKey {
  const parsed = new X509Certificate(certificate);
  return {
    // The certificate's serial number, as kOps numbers its own.
    id: BigInt(`0x${parsed.serialNumber}`).toString(10),
    certificate,
    publicKey: parsed.publicKey.export({ type: "spki", format: "pem" }).toString(),
  };
}

/** 32 letters and digits, as kOps upup/pkg/fi/secrets.go makes them from random bytes. */
function deriveToken(seed: string, name: SecretName): string {
  const digest = createHash("sha512").update(`${name}\n${seed}`).digest("base64");
  return digest.replace(/[^0-9A-Za-z]/g, "").slice(0, 32);
}

function toUtcSeconds(rfc3339: string): string {
  return new Date(rfc3339).toISOString().replace(/\.\d{3}Z$/, "Z");
}
