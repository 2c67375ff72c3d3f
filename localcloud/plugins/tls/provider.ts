import { createHash } from "node:crypto";
import type { CertRequest, CertRequestArgs } from "@pulumi/tls/certRequest";
import type { GetPublicKeyArgs, GetPublicKeyResult } from "@pulumi/tls/getPublicKey";
import type { LocallySignedCert, LocallySignedCertArgs } from "@pulumi/tls/locallySignedCert";
import type { PrivateKey, PrivateKeyArgs } from "@pulumi/tls/privateKey";
import type { ProviderArgs } from "@pulumi/tls/provider";
import type { SelfSignedCert, SelfSignedCertArgs } from "@pulumi/tls/selfSignedCert";
import {
  invoke,
  object,
  type Provider,
  replace,
  required,
  resource,
  type ResourceType,
  type Rules,
  secret,
  unsupported,
  update,
} from "../host/rules";
import { type CertificateTemplate, certificateRequest, KNOWN_USES, locallySigned, selfSigned } from "./certificates";
import {
  algorithmOf,
  type Algorithm,
  generate,
  privateKeyPem,
  privateKeyPkcs8,
  publicKeyPem,
  readPrivateKey,
  sshTexts,
} from "./keys";

const { version } = require("@pulumi/tls/package.json") as { version: string };

/** Nothing of this provider lives outside the state: what a create made is read from the state ever after. */
type Nothing = undefined;

/** Outputs that a create computes travel to its read through here, by id. */
const made = new Map<string, object>();

function keep(created: (id: string) => void, id: string, outputs: object): void {
  made.set(id, outputs);
  created(id);
}

function remembered<S>(id: string, known: { readonly inputs: object; readonly state: Partial<S> }): S {
  const fresh = made.get(id);
  made.delete(id);
  if (fresh === undefined && Object.keys(known.state).length === 0)
    throw new Error("resources of the tls provider cannot be imported");
  return { ...known.state, ...known.inputs, ...fresh } as S;
}

function idOf(text: string): string {
  return createHash("sha1").update(text).digest("hex");
}

function useProblems(uses: readonly string[]): { property: string; reason: string }[] {
  const bad = uses.filter((use) => !KNOWN_USES.includes(use));
  return bad.map((use) => ({
    property: "allowedUses",
    reason: `unknown use ${use}; known are ${KNOWN_USES.join(", ")}`,
  }));
}

const privateKey = resource<Nothing, PrivateKeyArgs, PrivateKey>({
  inputs: { algorithm: required(replace), ecdsaCurve: replace, rsaBits: replace },
  defaults: { ecdsaCurve: "P224", rsaBits: 2048 },
  secretOutputs: ["privateKeyPem", "privateKeyPemPkcs8", "privateKeyOpenssh"],
  problems: ({ algorithm, ecdsaCurve }) => [
    ...(["RSA", "ECDSA", "ED25519"].includes(algorithm)
      ? []
      : [{ property: "algorithm", reason: `must be RSA, ECDSA or ED25519, not ${algorithm}` }]),
    ...(["P224", "P256", "P384", "P521"].includes(ecdsaCurve ?? "P224")
      ? []
      : [{ property: "ecdsaCurve", reason: `must be P224, P256, P384 or P521, not ${ecdsaCurve}` }]),
  ],
  create: async (_none, inputs, created) => {
    const key = await generate(inputs.algorithm as Algorithm, inputs.rsaBits ?? 2048, inputs.ecdsaCurve ?? "P224");
    const ssh = sshTexts(key);
    const outputs = {
      privateKeyPem: privateKeyPem(key),
      privateKeyPemPkcs8: privateKeyPkcs8(key),
      privateKeyOpenssh: ssh.privateKey,
      publicKeyPem: publicKeyPem(key),
      publicKeyOpenssh: ssh.publicKey,
      publicKeyFingerprintMd5: ssh.md5,
      publicKeyFingerprintSha256: ssh.sha256,
    };
    keep(created, idOf(outputs.publicKeyPem), outputs);
  },
  read: (_none, id, known) => Promise.resolve(remembered(id, known)),
  remove: () => Promise.resolve(),
});

const subjectRules = {
  commonName: replace,
  country: replace,
  emailAddress: replace,
  locality: replace,
  organization: replace,
  organizationalUnit: replace,
  postalCode: replace,
  province: replace,
  serialNumber: replace,
  streetAddresses: replace,
};

interface Validity {
  allowedUses: string[];
  isCaCertificate?: boolean | undefined;
  maxPathLength?: number | undefined;
  setSubjectKeyId?: boolean | undefined;
  validityPeriodHours: number;
}

function templateOf(inputs: Validity): CertificateTemplate {
  // Certificates count in whole seconds.
  const notBefore = new Date(Math.floor(Date.now() / 1000) * 1000);
  return {
    uses: inputs.allowedUses,
    isCa: inputs.isCaCertificate ?? false,
    maxPathLength: inputs.maxPathLength,
    setSubjectKeyId: inputs.setSubjectKeyId ?? false,
    notBefore,
    notAfter: new Date(notBefore.getTime() + inputs.validityPeriodHours * 3600_000),
  };
}

function validityState(template: CertificateTemplate): {
  validityStartTime: string;
  validityEndTime: string;
  readyForRenewal: boolean;
} {
  const stamp = (date: Date): string => date.toISOString().replace(".000Z", "Z");
  return {
    validityStartTime: stamp(template.notBefore),
    validityEndTime: stamp(template.notAfter),
    readyForRenewal: false,
  };
}

/** A certificate near its end is made anew, also without a refresh. */
export function needsRenewal(
  inputs: { earlyRenewalHours?: number },
  state: { validityEndTime?: string },
  now: number,
): boolean {
  const { validityEndTime } = state;
  return (
    validityEndTime !== undefined && Date.parse(validityEndTime) - (inputs.earlyRenewalHours ?? 0) * 3600_000 <= now
  );
}

function renewal(inputs: object, state: object): string | undefined {
  return needsRenewal(inputs, state, Date.now()) ? "readyForRenewal" : undefined;
}

const selfSignedCert = resource<Nothing, SelfSignedCertArgs, SelfSignedCert>({
  inputs: {
    allowedUses: required(replace),
    dnsNames: replace,
    earlyRenewalHours: update,
    ipAddresses: replace,
    isCaCertificate: replace,
    maxPathLength: replace,
    privateKeyPem: secret(required(replace)),
    privateKeyPemWo: unsupported,
    privateKeyPemWoVersion: unsupported,
    setAuthorityKeyId: replace,
    setSubjectKeyId: replace,
    subject: object(replace, subjectRules),
    uris: replace,
    validityPeriodHours: required(replace),
  },
  defaults: { earlyRenewalHours: 0, isCaCertificate: false, setAuthorityKeyId: false, setSubjectKeyId: false },
  problems: ({ allowedUses }) => useProblems(allowedUses),
  stale: renewal,
  create: (_none, inputs, created) => {
    const key = readPrivateKey(inputs.privateKeyPem ?? "");
    const template = templateOf(inputs);
    const certPem = selfSigned(
      { ...template, setAuthorityKeyId: inputs.setAuthorityKeyId ?? false },
      inputs.subject ?? {},
      inputs,
      key,
    );
    keep(created, idOf(certPem), { certPem, keyAlgorithm: algorithmOf(key), ...validityState(template) });
    return Promise.resolve();
  },
  read: (_none, id, known) => Promise.resolve(remembered(id, withRenewal(known))),
  update: () => Promise.resolve(),
  remove: () => Promise.resolve(),
});

function withRenewal<I extends object, S extends object>(known: {
  readonly inputs: I;
  readonly state: S;
}): { readonly inputs: I; readonly state: S } {
  if (!("validityEndTime" in known.state)) return known;
  return { ...known, state: { ...known.state, readyForRenewal: renewal(known.inputs, known.state) !== undefined } };
}

const certRequest = resource<Nothing, CertRequestArgs, CertRequest>({
  inputs: {
    dnsNames: replace,
    ipAddresses: replace,
    privateKeyPem: secret(required(replace)),
    privateKeyPemWo: unsupported,
    privateKeyPemWoVersion: unsupported,
    subject: object(replace, subjectRules),
    uris: replace,
  },
  create: (_none, inputs, created) => {
    const key = readPrivateKey(inputs.privateKeyPem ?? "");
    const certRequestPem = certificateRequest(inputs.subject ?? {}, inputs, key);
    keep(created, idOf(certRequestPem), { certRequestPem, keyAlgorithm: algorithmOf(key) });
    return Promise.resolve();
  },
  read: (_none, id, known) => Promise.resolve(remembered(id, known)),
  remove: () => Promise.resolve(),
});

const locallySignedCert = resource<Nothing, LocallySignedCertArgs, LocallySignedCert>({
  inputs: {
    allowedUses: required(replace),
    caCertPem: required(replace),
    caPrivateKeyPem: secret(required(replace)),
    caPrivateKeyPemWo: unsupported,
    caPrivateKeyPemWoVersion: unsupported,
    certRequestPem: required(replace),
    earlyRenewalHours: update,
    isCaCertificate: replace,
    maxPathLength: replace,
    setSubjectKeyId: replace,
    validityPeriodHours: required(replace),
  },
  defaults: { earlyRenewalHours: 0, isCaCertificate: false, setSubjectKeyId: false },
  problems: ({ allowedUses }) => useProblems(allowedUses),
  stale: renewal,
  create: (_none, inputs, created) => {
    const key = readPrivateKey(inputs.caPrivateKeyPem ?? "");
    const template = templateOf(inputs);
    const certPem = locallySigned(template, inputs.certRequestPem, inputs.caCertPem, key);
    keep(created, idOf(certPem), { certPem, caKeyAlgorithm: algorithmOf(key), ...validityState(template) });
    return Promise.resolve();
  },
  read: (_none, id, known) => Promise.resolve(remembered(id, withRenewal(known))),
  update: () => Promise.resolve(),
  remove: () => Promise.resolve(),
});

const getPublicKey = invoke<Nothing, GetPublicKeyArgs, Partial<GetPublicKeyResult>>({
  arguments: { privateKeyOpenssh: unsupported, privateKeyPem: required(update) },
  call: (_none, args) => {
    const key = readPrivateKey(args.privateKeyPem ?? "");
    const ssh = sshTexts(key);
    const publicPem = publicKeyPem(key);
    return Promise.resolve({
      algorithm: algorithmOf(key),
      id: idOf(publicPem),
      publicKeyFingerprintMd5: ssh.md5,
      publicKeyFingerprintSha256: ssh.sha256,
      publicKeyOpenssh: ssh.publicKey,
      publicKeyPem: publicPem,
    });
  },
});

const resources: Readonly<Record<string, ResourceType<Nothing>>> = {
  "tls:index/privateKey:PrivateKey": privateKey,
  "tls:index/selfSignedCert:SelfSignedCert": selfSignedCert,
  "tls:index/certRequest:CertRequest": certRequest,
  "tls:index/locallySignedCert:LocallySignedCert": locallySignedCert,
};

const config: Rules<ProviderArgs> = { proxy: unsupported };

export const tlsProvider: Provider<Nothing> = {
  name: "tls",
  version,
  config,
  resources,
  invokes: { "tls:index/getPublicKey:getPublicKey": getPublicKey },
  configure: () => undefined,
  context: () => undefined,
};
