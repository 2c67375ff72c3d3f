/** Secret inputs are judged like others, and messages have no part of them. */
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { secretProblems } from "../../../provider/src/components/plugin/secretInputs";
import type { Problem } from "../../../provider/src/validate/inputs";

const good = { clusterName: "c.example.com", zones: ["us-east-1a"] };

function problems(inputs: object, known: readonly Problem[] = []): Promise<readonly Problem[]> {
  return secretProblems({ ...good, ...inputs }, known);
}

describe("secret inputs", () => {
  it("are told with what is wrong and allowed, without the value", async () => {
    const rootVolume = { kmsKeyArn: pulumi.secret("hush:hush") };
    const found = await problems({
      sshPublicKey: pulumi.secret("-----BEGIN OPENSSH PRIVATE KEY-----"),
      stateStore: pulumi.secret("https://hush/hush"),
      encryptionConfig: pulumi.secret("hush"),
      controlPlane: { rootVolume },
    });
    expect(found.map(({ path, reason }) => `${path}: ${reason}`)).to.deep.equal([
      'stateStore: invalid store URL, got "(value not shown)"; must be s3://<bucket> or s3://<bucket>/<prefix>',
      'controlPlane.rootVolume.kmsKeyArn: invalid KMS key ARN, got "(value not shown)"; must be the ARN of a KMS key such as arn:aws:kms:us-east-1:123456789012:key/…',
      "encryptionConfig: not an encryption configuration, got a string; must be an EncryptionConfiguration of apiserver.config.k8s.io/v1, in YAML or JSON",
      "sshPublicKey: invalid OpenSSH public key; must be one line that starts with ssh-rsa or ssh-ed25519, as EC2 requires",
    ]);
  });

  it("are told in general where the text would follow from the value", async () => {
    const rootVolume = { kmsKeyArn: pulumi.secret("arn:aws:kms:eu-west-1:123456789012:key/hush") };
    expect(await problems({ controlPlane: { rootVolume } })).to.deep.equal([
      {
        path: "controlPlane.rootVolume.kmsKeyArn",
        reason: "invalid value, got a secret, which is not shown; must be as the reference says",
      },
    ]);
  });

  it("pass where they are right, are not known yet, or have a problem already", async () => {
    expect(await problems({ stateStore: pulumi.secret("s3://bucket") })).to.deep.equal([]);
    expect(await problems({ stateStore: pulumi.secret(pulumi.output(pulumi.unknown)) })).to.deep.equal([]);
    const told = { path: "stateStore", reason: "told" };
    expect(await problems({ stateStore: pulumi.secret("nonsense") }, [told])).to.deep.equal([]);
  });
});
