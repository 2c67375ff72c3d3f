import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { addonCatalog, addonsOf } from "../../../provider/src/addons/catalog";
import { serviceAccountRef } from "../../../provider/src/model/names";
import { iamRows } from "../../../provider/src/plan/iam";
import { cluster } from "./clusters";

const room = path.resolve(__dirname, "../../../provider/src/addons");

describe("catalog of addons", () => {
  it("has every module once", async () => {
    const folders = fs.readdirSync(room).filter((name) => fs.existsSync(path.join(room, name, "index.ts")));
    const modules = await Promise.all(
      folders.map((folder) => import(path.join(room, folder, "index.ts")) as Promise<Record<string, unknown>>),
    );
    const exported = modules.flatMap((module) => Object.values(module));
    expect(addonCatalog).to.have.members(exported);
    expect(new Set(addonCatalog.map(({ name }) => name)).size).to.equal(addonCatalog.length);
  });

  it("lists in the channel what the release has a manifest for, and Karpenter apart", () => {
    const inChannel: readonly string[] = addonCatalog.filter((addon) => "objects" in addon).map(({ name }) => name);
    expect(inChannel).to.have.members(Object.keys(cluster().release.addons.manifests));
    expect(addonCatalog.map(({ name }) => name).filter((name) => !inChannel.includes(name))).to.deep.equal([
      "karpenter.sh",
    ]);
  });

  for (const dns of ["none", "private"] as const) {
    it(`gives each addon's service account its role and kOps's policy, with DNS ${dns}`, () => {
      const resolved = cluster({ dns: { type: dns } });
      const accounts = addonsOf(resolved).flatMap(({ serviceAccount }) => serviceAccount ?? []);
      const { roles, inlinePolicies } = iamRows(resolved);
      expect(roles.filter((role) => role.ref.includes("/")).map(({ ref }) => ref)).to.have.members(
        accounts.map(serviceAccountRef),
      );
      for (const account of accounts) {
        const { name } = roles.find(({ ref }) => ref === serviceAccountRef(account))!.args;
        const policy = inlinePolicies.find(
          ({ role, args }) => role === serviceAccountRef(account) && args.name === name,
        );
        expect(policy?.document.needs, name).to.deep.equal(account.policy(resolved).needs);
      }
    });
  }
});
