import { CertRequest } from "@pulumi/tls/certRequest";
import { LocallySignedCert } from "@pulumi/tls/locallySignedCert";
import { PrivateKey } from "@pulumi/tls/privateKey";
import { SelfSignedCert } from "@pulumi/tls/selfSignedCert";

/** A certificate authority and an administrator. */
export function keys() {
  const ca = new PrivateKey("ca", { algorithm: "RSA", rsaBits: 2048 });
  const caCert = new SelfSignedCert("ca", {
    privateKeyPem: ca.privateKeyPem,
    isCaCertificate: true,
    subject: { commonName: "kubernetes-ca" },
    validityPeriodHours: 87600,
    allowedUses: ["cert_signing", "crl_signing"],
    setSubjectKeyId: true,
  });
  const key = new PrivateKey("admin", { algorithm: "ECDSA", ecdsaCurve: "P256" });
  const subject = { commonName: "admin", organization: "system:masters" };
  const request = new CertRequest("admin", {
    privateKeyPem: key.privateKeyPem,
    subject,
    dnsNames: ["localhost"],
    ipAddresses: ["127.0.0.1"],
  });
  const cert = new LocallySignedCert("admin", {
    caCertPem: caCert.certPem,
    caPrivateKeyPem: ca.privateKeyPem,
    certRequestPem: request.certRequestPem,
    validityPeriodHours: 48,
    earlyRenewalHours: 12,
    allowedUses: ["digital_signature", "key_encipherment", "client_auth"],
  });
  return { key, caCert, cert };
}
