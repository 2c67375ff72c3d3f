import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

const root = path.resolve(__dirname, "../../..");

interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs tools/build with a cache of its own and, in place of Go, a script. */
export class Sandbox {
  readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), "tools-build-"));
  readonly bin = path.join(this.folder, "bin");
  readonly cache = path.join(this.folder, "cache");

  /** `downloads` is the mirror that it asks; without one it has no curl either. */
  constructor(private readonly downloads?: string) {
    fs.mkdirSync(this.bin);
    for (const program of ["bash", "env", "awk", "cat", "chmod", "cksum", "cut", "dirname", "basename"].concat([
      "grep",
      "ln",
      "mkdir",
      "mktemp",
      "mv",
      "rm",
      "sleep",
      "tail",
      "tr",
    ])) {
      this.link(program);
    }
    if (downloads !== undefined) {
      for (const program of ["curl", "gzip", "tar"]) this.link(program);
      fs.symlinkSync(process.execPath, path.join(this.bin, "node"));
    }
  }

  private link(program: string): void {
    const found = ["/bin", "/usr/bin"].map((dir) => path.join(dir, program)).find((file) => fs.existsSync(file));
    fs.symlinkSync(found!, path.join(this.bin, program));
  }

  program(name: string, script: string): void {
    fs.writeFileSync(path.join(this.bin, name), `#!/bin/bash\n${script}\n`, { mode: 0o755 });
  }

  run(...args: string[]): Promise<Run> {
    return new Promise((resolve) => {
      const mirror = this.downloads === undefined ? {} : { KOPS_KARPENTER_DOWNLOADS: this.downloads };
      const env = { PATH: this.bin, HOME: this.folder, KOPS_KARPENTER_CACHE: this.cache, ...mirror };
      const child = spawn(path.join(root, "tools", "build"), args, { env });
      let [out, err] = ["", ""];
      child.stdout.on("data", (data: Buffer) => (out += data.toString()));
      child.stderr.on("data", (data: Buffer) => (err += data.toString()));
      child.once("close", (code) => resolve({ code, out, err }));
    });
  }

  /** How often Go was asked to build. */
  builds(): number {
    const runs = path.join(this.folder, "runs");
    return fs.existsSync(runs) ? fs.readFileSync(runs, "utf8").trim().split("\n").length : 0;
  }

  end(): void {
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  async links(): Promise<readonly string[]> {
    return fs.readdirSync((await this.run("--print-bin-dir")).out.trim());
  }
}

/** A Go that makes the file its -o names, takes a while, and counts its runs. */
export const workingGo = `
[[ $1 == build ]] || exit 0
echo run >>"$HOME/runs"
sleep 0.3
while [[ $1 != -o ]]; do shift; done
printf '#!/bin/bash\\necho built\\n' >"$2"
chmod +x "$2"`;
