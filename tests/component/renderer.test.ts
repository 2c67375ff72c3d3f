/** Rendering in components: what a text waits for, and how often it is rendered. */
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { PendingCluster } from "../../provider/src/components/pendingCluster";
import { Renderer, type Pending } from "../../provider/src/components/renderer";
import type { RuntimeFacts } from "../../provider/src/model/runtime";
import { artifacts } from "../../provider/src/render/artifacts";
import { controlPlaneUserData, nodeUserData } from "../../provider/src/render/bootstrap/artifacts";
import { text } from "../../provider/src/render/artifact";
import { renderText } from "../support/renderText";
import { sampleCluster, sampleFacts } from "../unit/render/sample";
import { settlement } from "./support/runtime";

const secretFacts: readonly string[] = ["storeAccess", "privateKeys", "secrets"];

function pending(facts: RuntimeFacts): Pending<RuntimeFacts> {
  const entries = Object.entries(facts).map(([name, fact]: [string, unknown]) => [
    name,
    secretFacts.includes(name) ? pulumi.secret(fact) : pulumi.output(fact),
  ]);
  return Object.fromEntries(entries);
}

const cluster = sampleCluster();
const facts = sampleFacts(cluster);
const renderer = () => new Renderer(new PendingCluster(cluster), pending(facts));

describe("the renderer", () => {
  it("renders a text once, however many others read it", async () => {
    let renderings = 0;
    const part = text({ key: "part", needs: [], render: () => `part ${String(++renderings)}` });
    const whole = (key: string) =>
      text({ key, needs: ["accountId"], reads: [part], render: (_, known, read) => `${known.accountId}: ${read}` });
    const one = renderer();
    const texts = [whole("a"), whole("b"), part].map((each) => settlement(one.text(each)));
    expect((await Promise.all(texts)).map(({ value }) => value)).to.deep.equal([
      "123456789012: part 1",
      "123456789012: part 1",
      "part 1",
    ]);
    expect(renderings).to.equal(1);
  });

  it("gives the text of every file and of all user data, secret only where a secret fact is needed", async () => {
    const one = renderer();
    const texts = [...artifacts(cluster), controlPlaneUserData("control-plane-us-east-1a"), nodeUserData("nodes")];
    for (const each of texts) {
      const { value, secret } = await settlement(one.text(each));
      expect(value, each.key).to.equal(renderText(each, cluster, facts));
      expect(secret, each.key).to.equal(each.needs.some((need) => secretFacts.includes(need)));
    }
  });
});
