/** README, CHANGELOG and docs: links lead somewhere, code is well formed, commands exist. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { expect } from "chai";
import * as ts from "typescript";
import { parseAllDocuments } from "yaml";

const root = resolve(__dirname, "../../..");
const examples = "examples/automation-api/README.md";
const single = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "localcloud/README.md", examples];
const documents = [...single, ...markdownIn("docs")];

function markdownIn(folder: string): string[] {
  const files = readdirSync(join(root, folder), { recursive: true, encoding: "utf8" });
  return files
    .filter((file) => file.endsWith(".md"))
    .map((file) => join(folder, file))
    .sort();
}

interface Block {
  readonly language: string;
  readonly text: string;
}

function blocks(markdown: string): Block[] {
  return [...markdown.matchAll(/^ *```(\w*)\n([\s\S]*?)^ *```$/gm)].map(([, language = "", text = ""]) => ({
    language,
    text,
  }));
}

/** GitHub's anchor of a heading. */
function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .trim()
    .replace(/ /g, "-");
}

function anchors(markdown: string): string[] {
  return [...markdown.matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) => anchor(heading));
}

describe("the documentation", () => {
  const targets = readFileSync(join(root, "Makefile"), "utf8");

  for (const file of documents) {
    const markdown = readFileSync(join(root, file), "utf8");

    it(`${file} links to existing targets`, () => {
      const prose = markdown.replace(/```[\s\S]*?```/g, "").replace(/`[^`]*`/g, "");
      const broken = [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
        .map(([, link = ""]) => link)
        .filter((link) => !/^https?:/.test(link))
        .filter((link) => {
          const [path = "", fragment] = link.split("#");
          const target = path === "" ? join(root, file) : join(root, dirname(file), path);
          if (!existsSync(target) || relative(root, target).startsWith("..")) return true;
          return fragment !== undefined && !anchors(readFileSync(target, "utf8")).includes(fragment);
        });
      expect(broken).to.deep.equal([]);
    });

    it(`${file} holds well-formed code`, () => {
      for (const { language, text } of blocks(markdown)) {
        if (language === "ts" || language === "typescript") {
          const { diagnostics } = ts.transpileModule(text, {
            reportDiagnostics: true,
            compilerOptions: { target: ts.ScriptTarget.ES2022 },
          });
          expect(
            diagnostics?.map(({ messageText }) => messageText),
            text,
          ).to.deep.equal([]);
        } else if (language === "yaml") {
          expect(
            parseAllDocuments(text).flatMap(({ errors }) => errors.map(String)),
            text,
          ).to.deep.equal([]);
        } else if (language === "json") {
          expect(() => JSON.parse(text) as unknown, text).not.to.throw();
        } else if (language === "jsonl") {
          for (const line of text.trim().split("\n")) expect(() => JSON.parse(line) as unknown, line).not.to.throw();
        }
      }
    });

    it(`${file} names commands that exist`, () => {
      const shell = blocks(markdown)
        .filter(({ language }) => language === "sh")
        .map(({ text }) => text);
      const spans = [...markdown.matchAll(/`(make [a-z][^`]*)`/g)].map(([, text = ""]) => text);
      const lines = [...shell, ...spans].join("\n").split("\n");
      const unknown = lines.filter((line) => {
        const target = /^make ([a-z][a-z-]*)/.exec(line)?.[1];
        if (target !== undefined) return !new RegExp(`^(${target}|test-%):`, "m").test(targets);
        const script = /^\.?\/?((?:scripts|tools|localcloud)\/[\w./-]+)/.exec(line)?.[1];
        return script !== undefined && !existsSync(join(root, script));
      });
      expect(unknown).to.deep.equal([]);
    });
  }

  it("shows the quickstart as the examples have it", () => {
    const readme = readFileSync(join(root, "README.md"), "utf8");
    const [yaml] = blocks(readme).filter(({ language }) => language === "yaml");
    const cluster = (text: string): unknown => (parseAllDocuments(text)[0]?.toJS() as { resources: unknown }).resources;
    expect(cluster(yaml?.text ?? "")).to.deep.equal(
      cluster(readFileSync(join(root, "examples", "yaml", "Pulumi.yaml"), "utf8")),
    );
  });
});
