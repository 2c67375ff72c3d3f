/** A stack's state as a local backend keeps it. A kill can cut each of its files. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { LocalCloud } from "./localCloud";

/** Of the stack that PulumiProject has in a project of yamlProject. */
export function stateFile({ dir }: LocalCloud): string {
  return join(dir, "pulumi-state", ".pulumi", "stacks", "project", "test.json");
}

/** The backend keeps attributes in a file of their own, which it rewrites as well. */
export function attributesOf(file: string): string {
  return `${file}.attrs`;
}

export function isWhole(file: string): boolean {
  try {
    JSON.parse(readFileSync(file, "utf8"));
    return true;
  } catch {
    return false;
  }
}
