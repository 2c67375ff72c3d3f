/** The differences, as the command prints them. */
import { stateStoreSecret } from "./secrets";
import type { Difference } from "./differences";
import type { Problem } from "../../validate/inputs";

const mostOfAFile = 12;
const longest = 100;

export function reportText(differences: readonly Difference[], problems: readonly Problem[]): string {
  const ofKind = (kind: Difference["kind"]) => differences.filter((each) => each.kind === kind);
  const [obstacles, notes, adoption] = [ofKind("obstacle"), ofKind("note"), ofKind("adoption")];
  return [
    ...section("The component cannot express:", [
      ...problems.map(({ path, reason }) => `${path}: ${reason}`),
      ...byFile(obstacles).flatMap(linesOf),
    ]),
    ...section("Lost without an effect on the cluster:", notes.map(line)),
    ...section("Changed by the first update of every adopted cluster:", reasons(adoption)),
  ].join("\n");
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [title, ...lines.map((each) => `  ${each}`), ""];
}

function byFile(differences: readonly Difference[]): readonly (readonly Difference[])[] {
  const files = new Map<string, Difference[]>();
  for (const each of differences) files.set(each.file, [...(files.get(each.file) ?? []), each]);
  return [...files.values()];
}

/** Of a file that kOps derives from its specs, the first differences; all of a spec. */
function linesOf(ofFile: readonly Difference[]): readonly string[] {
  const isSpec = ofFile.some(({ file }) => file === "config" || file.startsWith("instancegroup/"));
  const shown = isSpec ? ofFile : ofFile.slice(0, mostOfAFile);
  const rest = ofFile.length - shown.length;
  return [...shown.map(line), ...(rest > 0 ? [`${ofFile[0]?.file ?? ""}: and ${String(rest)} more`] : [])];
}

function line(difference: Difference): string {
  const { file, field, reason } = difference;
  const where = field === "" ? file : `${file}: ${field}`;
  return `${where}: ${reason}${values(difference)}`;
}

function values({ file, field, stored, written }: Difference): string {
  if (field === "" || stateStoreSecret(file, field, stored, written)) return "";
  return ` (stored ${shown(stored)}, component ${shown(written)})`;
}

function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

/** One line for each reason, with the files that it is about. */
function reasons(differences: readonly Difference[]): readonly string[] {
  const files = new Map<string, Set<string>>();
  for (const { reason, file } of differences) files.set(reason, (files.get(reason) ?? new Set()).add(file));
  return [...files].map(([reason, found]) => `${[...found].join(", ")}: ${reason}`);
}
