import { createHash, X509Certificate } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { LocallySignedCert } from "@pulumi/tls/locallySignedCert";
import { CertRequest } from "@pulumi/tls/certRequest";
import { PrivateKey } from "@pulumi/tls/privateKey";
import { SelfSignedCert } from "@pulumi/tls/selfSignedCert";
import type { ResolvedKey } from "../../model/cluster";
import { initialKey, inOrderOfIds, isTrusted, trustedCertificates } from "../../model/keysets";
import type { Keyset, KeysetName, RuntimeFacts, SecretName } from "../../model/runtime";
import { keysetNames, secretNames } from "../../model/runtime";
import { named } from "../../model/named";
import type { KopsKarpenterClusterArgs } from "../../schema/inputs.gen";
import type { KeysetKey } from "../../schema/types.gen";
import { certificatePem, describeKey, keyProblems, privateKeyPem } from "../builders/keyMaterial";
import { adminKubeconfig, type AdminFacts } from "../builders/kubeconfig";
import { inputErrors } from "../plugin/inputErrors";
import type { Pending } from "../renderer";
import { ClusterChild, type ClusterContext } from "./clusterChild";

/** kOps pkg/pki/issue.go: certificates are valid for ten years unless asked otherwise. */
const authorityValidityHours = 10 * 365 * 24;

/** The user's own certificates and keys, which the resolved cluster does not hold. */
export type GivenKeys = KopsKarpenterClusterArgs["pki"];

/** The cluster's certificate authorities, service-account key, tokens and the administrator's certificate. */
export class Pki extends ClusterChild {
  readonly facts: Pick<Pending<RuntimeFacts>, "keysets" | "privateKeys" | "secrets" | "creationTimestamp">;
  /** Of all that are trusted. */
  readonly certificateAuthority: pulumi.Output<string>;
  private readonly admin: Pick<AdminFacts, "certificate" | "privateKey">;

  constructor(context: ClusterContext, given: GivenKeys) {
    super("pki", context);
    const keysets = keysetNames.map((name): KeysetPairs => {
      const { primary, keys } = context.cluster.keysets[name];
      return { name, primary, pairs: keys.map((key) => this.keyPair(name, key, given)) };
    });
    const authority = named(keysets, "kubernetes-ca");
    const authorities = keysetOf(authority);
    this.facts = {
      keysets: byName(keysets, (keyset) => (keyset === authority ? authorities : keysetOf(keyset))),
      privateKeys: byName(keysets, privateKeysOf),
      secrets: this.tokens(given?.tokens),
      creationTimestamp: creationTime(authority),
    };
    this.certificateAuthority = authorities.apply(trustedCertificates);
    this.admin = this.administrator(
      named(authority.pairs, authority.primary),
      context.cluster.kubeconfig.lifetimeHours,
    );
    this.registerOutputs({});
  }

  adminKubeconfig(clusterName: string, server: pulumi.Output<string>): pulumi.Output<string> {
    const { certificateAuthority, admin } = this;
    return adminKubeconfig({ clusterName, server, certificateAuthority, ...admin });
  }

  private keyPair(keyset: KeysetName, key: ResolvedKey, given: GivenKeys): KeyPair {
    const own = given?.keysets?.[keyset]?.keys?.[key.name];
    return key.origin === "given" && own !== undefined ? givenPair(keyset, key, own) : this.createdPair(keyset, key);
  }

  /** A key and the certificate that it signs for itself. kOps makes one for the service-account key as well. */
  private createdPair(keyset: KeysetName, resolved: ResolvedKey): KeyPair {
    const { name, distrustTimestamp } = resolved;
    const isInitial = name === initialKey;
    const suffix = isInitial ? keyset : `${keyset}-${name}`;
    // What nothing trusts any more can go.
    const options = isTrusted(resolved) ? this.irreplaceable : this.child;
    const key = new PrivateKey(
      this.childName("key", suffix),
      { algorithm: "RSA", rsaBits: 2048 },
      // A key, once made, outlives any change of what this package would make today: all that it signed depends on it.
      { ...options, ignoreChanges: ["algorithm", "rsaBits"] },
    );
    const certificate = new SelfSignedCert(
      this.childName("certificate", suffix),
      {
        privateKeyPem: key.privateKeyPem,
        // As kOps, a subject for each authority: clients look for the one that signed by it.
        subject: { commonName: keyset, ...(isInitial ? {} : { serialNumber: name }) },
        isCaCertificate: true,
        allowedUses: ["cert_signing", "crl_signing"],
        setSubjectKeyId: true,
        validityPeriodHours: authorityValidityHours,
      },
      {
        ...options,
        ignoreChanges: ["subject", "isCaCertificate", "allowedUses", "setSubjectKeyId", "validityPeriodHours"],
      },
    );
    return {
      name,
      id: undefined,
      distrustTimestamp,
      certificate: certificate.certPem,
      privateKey: key.privateKeyPem,
      startTime: certificate.validityStartTime,
    };
  }

  /** The user's own, else random tokens, drawn from one private key: the engine keeps that key, so they stay what they are. */
  private tokens(given: NonNullable<GivenKeys>["tokens"]): pulumi.Output<RuntimeFacts["secrets"]> {
    const seed = new PrivateKey(this.childName("key", "tokens"), { algorithm: "ED25519" }, this.irreplaceable);
    return pulumi.all([seed.privateKeyPem, pulumi.secret(given ?? {})]).apply(([pem, own]) => {
      const entries = secretNames.map((name) => [name, own[name] ?? deriveToken(pem, name)] as const);
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
        caCertPem: authority.certificate,
        caPrivateKeyPem: authority.privateKey ?? missingKey(authority),
        allowedUses: ["digital_signature", "client_auth"],
        validityPeriodHours: lifetimeHours,
        earlyRenewalHours: Math.floor(lifetimeHours / 5),
      },
      this.child,
    );
    return { certificate: certificate.certPem, privateKey: key.privateKeyPem };
  }
}

interface KeysetPairs {
  readonly name: KeysetName;
  /** Name of one of the pairs. */
  readonly primary: string;
  readonly pairs: readonly KeyPair[];
}

interface KeyPair {
  readonly name: string;
  /** Undefined: the number follows from the name and the certificate. */
  readonly id: string | undefined;
  readonly distrustTimestamp: string | undefined;
  readonly certificate: pulumi.Output<string>;
  /** Absent where the key only is trusted. Secret. */
  readonly privateKey: pulumi.Output<string> | undefined;
  /** RFC 3339. */
  readonly startTime: pulumi.Output<string>;
}

/** The user's own, in the form that kOps writes. What was not known before is checked here. */
function givenPair(keyset: KeysetName, { name, id, distrustTimestamp }: ResolvedKey, own: KeysetKey): KeyPair {
  const checked = pulumi.all([own.certificate, own.privateKey]).apply(([certificate = "", privateKey]) => {
    const problems = keyProblems(keyset, name, { certificate, privateKey });
    if (problems.length > 0) throw inputErrors(problems);
    return certificatePem(certificate);
  });
  // Nodes and previews show certificates, which are public, wherever they came from.
  const certificate = pulumi.unsecret(checked);
  return {
    name,
    id,
    distrustTimestamp,
    certificate,
    privateKey: own.privateKey === undefined ? undefined : pulumi.secret(own.privateKey).apply(privateKeyPem),
    startTime: certificate.apply((pem) => new X509Certificate(pem).validFrom),
  };
}

function missingKey({ name }: KeyPair): never {
  throw new Error(`bug: the primary key ${name} has no private key`);
}

function byName<T>(
  keysets: readonly KeysetPairs[],
  pick: (keyset: KeysetPairs) => pulumi.Output<T>,
): pulumi.Output<Record<KeysetName, T>> {
  const entries = keysets.map((keyset) => [keyset.name, pick(keyset)] as const);
  return pulumi.all(Object.fromEntries(entries)) as unknown as pulumi.Output<Record<KeysetName, T>>;
}

function keysetOf({ primary, pairs }: KeysetPairs): pulumi.Output<Keyset> {
  const certificates = pulumi.all(pairs.map(({ certificate }) => certificate));
  return certificates.apply((pems) => {
    const keys = pairs.map(({ name, id, distrustTimestamp }, index) => ({
      name,
      key: {
        ...describeKey({ name, id }, pems[index] ?? ""),
        ...(distrustTimestamp === undefined ? {} : { distrustTimestamp }),
      },
    }));
    return { primaryId: named(keys, primary).key.id, keys: inOrderOfIds(keys.map(({ key }) => key)) };
  });
}

function privateKeysOf({ pairs }: KeysetPairs): pulumi.Output<Record<string, string>> {
  const pems = pulumi.all(pairs.map(({ certificate, privateKey }) => pulumi.all([certificate, privateKey])));
  return pems.apply((all) =>
    Object.fromEntries(
      all.flatMap(([certificate, privateKey], index) =>
        privateKey === undefined ? [] : [[describeKey(pairs[index] ?? { name: "" }, certificate).id, privateKey]],
      ),
    ),
  );
}

/** When the cluster was made, as far as its first authority tells. */
function creationTime({ pairs }: KeysetPairs): pulumi.Output<string> {
  const initial = pairs.filter(({ name }) => name === initialKey);
  const times = pulumi.all((initial.length > 0 ? initial : pairs).map(({ startTime }) => startTime));
  return times.apply((all) => all.map(toUtcSeconds).sort()[0] ?? "");
}

/** 32 letters and digits, as kOps upup/pkg/fi/secrets.go makes them from random bytes. */
function deriveToken(seed: string, name: SecretName): string {
  const digest = createHash("sha512").update(`${name}\n${seed}`).digest("base64");
  return digest.replace(/[^0-9A-Za-z]/g, "").slice(0, 32);
}

function toUtcSeconds(rfc3339: string): string {
  return new Date(rfc3339).toISOString().replace(/\.\d{3}Z$/, "Z");
}
