/** Requests of an addon's pods. kOps writes a quantity in its shortest form, so that only this one stays what it is. */
import type { Checks } from "../kit/checks";

export function checkCpuRequest(path: string, request: string | undefined, checks: Checks): void {
  const cpu = /^([1-9][0-9]{0,8})(m?)$/.exec(request ?? "1");
  if (cpu === null || (cpu[2] === "m" && Number(cpu[1]) % 1000 === 0)) {
    const rule = "must be whole cores or, if it is no multiple of 1000m, millicores, such as 2 or 50m";
    checks.problem(path, "invalid CPU request", request, rule);
  }
}

export function checkMemoryRequest(path: string, request: string | undefined, checks: Checks): void {
  const memory = /^([1-9][0-9]{0,8})([KMG]i)$/.exec(request ?? "1Gi");
  if (memory === null || Number(memory[1]) % 1024 === 0) {
    const rule = "must be a number of Ki, Mi or Gi that is no multiple of 1024, such as 256Mi";
    checks.problem(path, "invalid memory request", request, rule);
  }
}
