/** The API load balancer's addresses, which AWS knows by subnet: what a preview makes of them before an update. */
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { Answers } from "../../provider/src/components/lookups/answers";
import { settlement, useMocks, type Settlement } from "./support/runtime";

/** What AWS has today. */
const today: Readonly<Record<string, object>> = {
  "eni-1": { subnetId: "subnet-1", privateIp: "10.0.0.4" },
  "eni-2": { subnetId: "subnet-2", privateIp: "10.0.1.4" },
};
const addresses = ["10.0.0.4", "10.0.1.4"];

async function asked(subnets: readonly string[], { preview }: { readonly preview: boolean }): Promise<Settlement> {
  const mocks: pulumi.runtime.Mocks = {
    newResource: ({ name, inputs }) => ({ id: name, state: inputs as object }),
    call: ({ token, inputs }) =>
      token === "aws:ec2/getNetworkInterfaces:getNetworkInterfaces"
        ? { ids: Object.keys(today) }
        : (today[String((inputs as Record<string, unknown>)["id"])] ?? {}),
  };
  await useMocks(mocks, preview, () => undefined);
  const answers = new Answers(pulumi.output(undefined), false, {});
  const [vpcId, description] = [pulumi.output("vpc-1"), pulumi.output("ELB net/api/1")];
  return settlement(answers.interfaceAddresses(vpcId, "network_load_balancer", description, pulumi.output(subnets)));
}

describe("the API load balancer's addresses", () => {
  it("are known in a preview that leaves its subnets as they are, in whichever order", async () => {
    const { known, value } = await asked(["subnet-2", "subnet-1"], { preview: true });
    expect({ known, value }).to.deep.equal({ known: true, value: addresses });
  });

  for (const [title, subnets] of Object.entries({
    "adds one": ["subnet-1", "subnet-2", "subnet-3"],
    "takes one away": ["subnet-1"],
    "puts another in the place of one": ["subnet-1", "subnet-3"],
  })) {
    it(`are unknown in a preview that ${title}, and as AWS says in the update`, async () => {
      expect((await asked(subnets, { preview: true })).known).to.equal(false);
      const { known, value } = await asked(subnets, { preview: false });
      expect({ known, value }).to.deep.equal({ known: true, value: addresses });
    });
  }
});
