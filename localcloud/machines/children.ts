import { spawnSync } from "node:child_process";

let setpriv: boolean | undefined;

/** What makes a program end with this process, however that ends; nothing may outlive the local cloud. */
export function dieWithUs(): readonly string[] {
  setpriv ??= spawnSync("setpriv", ["--pdeathsig", "KILL", "true"]).status === 0;
  return setpriv ? ["setpriv", "--pdeathsig", "KILL", "--"] : [];
}
