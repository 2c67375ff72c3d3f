/** The API server asks the AWS IAM authenticator about tokens: a stand-in answers, where the real one would on the machine. */
import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect } from "chai";
import type { Kube } from "../../localcloud/machines/kube";
import type { LocalCloud } from "../support/localCloud";
import { controlPlanes } from "./controlPlanes";
import { until } from "./harness";

/** For `kops create cluster`. */
export const withAuthenticator: readonly string[] = ["--set=cluster.spec.authentication.aws.backendMode=EKSConfigMap"];

const known = "k8s-aws-v1.of-jo";
const unknown = "k8s-aws-v1.of-nobody";
const namespace = "/api/v1/namespaces/default";

/** Arguments: certificate, key, the token that it knows. It prints each token that it is asked about. */
const standIn = `
const { readFileSync } = require("node:fs");
const [, cert, key, known] = process.argv;
const user = { username: "jo", groups: ["system:masters"] };
require("node:https")
  .createServer({ cert: readFileSync(cert), key: readFileSync(key) }, async (request, response) => {
    let body = "";
    for await (const part of request) body += part;
    const { apiVersion, kind, spec } = JSON.parse(body);
    console.log(spec.token);
    const status = spec.token === known ? { authenticated: true, user } : { authenticated: false };
    response.setHeader("content-type", "application/json").end(JSON.stringify({ apiVersion, kind, status }));
  })
  .listen(21362, "127.0.0.1", () => console.log("ready"));
`;

/** Of a cluster of one control plane that was created with it. */
export function testAuthenticator(cloud: LocalCloud, cluster: string, api: () => Kube): void {
  it("accepts a token that the AWS IAM authenticator knows, and no other", async () => {
    const said: string[] = [];
    const child = await started(said);
    try {
      expect(await api().withToken(known).get(namespace)).to.have.nested.property("metadata.name", "default");
      const refused = await api()
        .withToken(unknown)
        .get(namespace)
        .then(
          () => "accepted",
          (error: unknown) => String(error),
        );
      expect(refused).to.include("Unauthorized");
      // Its lines come through a pipe, and may be later than the API's answers.
      for (const token of [known, unknown]) {
        await until(`a question about ${token}`, 20, () => Promise.resolve(said.includes(token)));
      }
    } finally {
      child.kill();
    }
  });

  /** In the machine's network, with the certificate that nodeup issued for the authenticator. */
  async function started(said: string[]): Promise<ChildProcess> {
    const [id = ""] = controlPlanes(cloud, cluster);
    const folder = join(cloud.dir, "machines", id);
    const pid = /started kube-apiserver, pid (\d+)/.exec(readFileSync(join(folder, "machine.log"), "utf8"))?.[1] ?? "";
    const files = ["cert.pem", "key.pem"].map((name) =>
      join(folder, "root/srv/kubernetes/aws-iam-authenticator", name),
    );
    const inside = [`--net=/proc/${pid}/ns/net`, "--", process.execPath, "-e", standIn];
    const child = spawn("nsenter", [...inside, ...files, known], { stdio: ["ignore", "pipe", "inherit"] });
    createInterface({ input: child.stdout }).on("line", (line) => said.push(line));
    await until("the stand-in", 20, () => Promise.resolve(said.includes("ready")));
    return child;
  }
}
