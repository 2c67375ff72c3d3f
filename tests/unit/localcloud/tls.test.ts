import { expect } from "chai";
import { createPublicKey, X509Certificate } from "node:crypto";
import {
  type CertificateTemplate,
  certificateRequest,
  locallySigned,
  selfSigned,
} from "../../../localcloud/plugins/tls/certificates";
import { generate, privateKeyPem, readPrivateKey, sshTexts } from "../../../localcloud/plugins/tls/keys";
import { needsRenewal } from "../../../localcloud/plugins/tls/provider";

const template: CertificateTemplate = {
  uses: ["cert_signing", "crl_signing"],
  isCa: true,
  maxPathLength: undefined,
  setSubjectKeyId: false,
  notBefore: new Date("2026-01-01T00:00:00Z"),
  notAfter: new Date("2076-01-01T00:00:00Z"),
};

describe("stand-in tls provider", () => {
  it("issues certificates signed by an authority of any algorithm", async () => {
    for (const [algorithm, curve] of [
      ["RSA", ""],
      ["ECDSA", "P256"],
      ["ECDSA", "P384"],
      ["ED25519", ""],
    ] as const) {
      const key = await generate(algorithm, 2048, curve);
      const ca = selfSigned(
        { ...template, setAuthorityKeyId: false },
        { commonName: "kubernetes-ca" },
        {},
        readPrivateKey(privateKeyPem(key)),
      );
      const names = { dnsNames: ["a.b"], ipAddresses: ["10.0.0.1", "fd00::1:0"], uris: ["spiffe://x"] };
      const request = certificateRequest({ commonName: "admin", organization: "system:masters" }, names, key);
      const leaf = new X509Certificate(
        locallySigned({ ...template, isCa: false, uses: ["digital_signature", "client_auth"] }, request, ca, key),
      );
      const authority = new X509Certificate(ca);
      expect(authority.ca).to.equal(true);
      expect(leaf.ca).to.equal(false);
      expect(leaf.verify(createPublicKey(key))).to.equal(true);
      expect(leaf.checkIssued(authority)).to.equal(true);
      expect(leaf.subject).to.equal("O=system:masters\nCN=admin");
      expect(leaf.subjectAltName).to.equal(
        "DNS:a.b, IP Address:10.0.0.1, IP Address:FD00:0:0:0:0:0:1:0, URI:spiffe://x",
      );
      expect(leaf.keyUsage).to.deep.equal(["1.3.6.1.5.5.7.3.2"]);
      expect(new Date(leaf.validTo).toISOString()).to.equal("2076-01-01T00:00:00.000Z");
    }
  });

  it("writes OpenSSH public keys with a newline at the end", async () => {
    const ssh = sshTexts(await generate("ED25519", 0, ""));
    expect(ssh.publicKey).to.match(/^ssh-ed25519 AAAA[A-Za-z0-9+/=]+\n$/);
    expect(ssh.sha256).to.match(/^SHA256:[A-Za-z0-9+/]{43}$/);
    expect(ssh.md5).to.match(/^([0-9a-f]{2}:){15}[0-9a-f]{2}$/);
    expect(sshTexts(await generate("ECDSA", 0, "P224")).publicKey).to.equal("");
  });

  it("asks for renewal in the hours before expiry", () => {
    const state = { validityEndTime: "2026-01-02T00:00:00Z" };
    expect(needsRenewal({ earlyRenewalHours: 2 }, state, Date.parse("2026-01-01T21:59:00Z"))).to.equal(false);
    expect(needsRenewal({ earlyRenewalHours: 2 }, state, Date.parse("2026-01-01T22:00:00Z"))).to.equal(true);
    expect(needsRenewal({}, {}, Date.now())).to.equal(false);
  });
});
